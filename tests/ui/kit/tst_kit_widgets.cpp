#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/ui/support/screens.h"
#include "ui/kit/chips.h"
#include "ui/kit/decision_trace.h"
#include "ui/kit/delegates.h"
#include "ui/kit/english_plurals.h"
#include "ui/kit/icon.h"
#include "ui/kit/json_tree.h"
#include "ui/kit/key_button.h"
#include "ui/kit/paint.h"
#include "ui/kit/panes.h"
#include "ui/kit/row_model.h"
#include "ui/kit/search_field.h"
#include "ui/kit/theme.h"
#include "ui/kit/views.h"

#include <nlohmann/json.hpp>

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace ui::kit;

namespace {

struct Request {
    QString method;
    QString path;
    int status;
    Spectrum spectrum;
    Age age;
};

QList<Request> requests()
{
    return {{u"GET"_s, u"/books"_s, 200, {{{Hue::Cdn, 3}, {Hue::Api, 3}, {Hue::Fn, 9}, {Hue::Tbl, 8}}, 0.6},
                {0.2, u"12 of 60 s"_s}},
        {u"DELETE"_s, u"/orders/ORD-1"_s, 404, {{{Hue::Cdn, 1}}, 0.1}, {0.9, u"54 of 60 s"_s}},
        {u"POST"_s, u"/orders"_s, 201,
            {{{Hue::Cdn, 8}, {Hue::Api, 6}, {Hue::Fn, 148, true}, {Hue::Fn, 20}, {Hue::Tbl, 22}}, 1},
            {1.4, u"84 of 60 s"_s}}};
}

QList<Column<Request>> columns()
{
    return {Column<Request>::text(u"Method"_s, [](const Request& r) { return r.method; }),
        Column<Request>::text(u"Path"_s, [](const Request& r) { return r.path; }),
        {u"Where the time went"_s,
            [](const Request& r, int role) {
                return role == SpectrumRole ? QVariant::fromValue(r.spectrum) : QVariant();
            }},
        {u"Age"_s,
            [](const Request& r, int role) {
                return role == AgeRole ? QVariant::fromValue(r.age) : QVariant();
            }},
        Column<Request>::text(
            u"Status"_s, [](const Request& r) { return QString::number(r.status); },
            Qt::AlignRight | Qt::AlignVCenter)};
}

}

class TstKitWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokens_areAllInBothThemes()
    {
        for (const auto mode : {ThemeMode::Light, ThemeMode::Dark}) {
            theme().setMode(mode);
            for (int i = 0; i <= static_cast<int>(Token::SyntaxKey); ++i)
                QVERIFY2(
                    theme().c(static_cast<Token>(i)).isValid(), qPrintable(tokenName(static_cast<Token>(i))));
            for (int i = 0; i <= static_cast<int>(Hue::Cold); ++i) {
                const auto hue = static_cast<Hue>(i);
                for (const auto& colour :
                    {theme().text(hue), theme().fill(hue), theme().tint(hue), theme().line(hue)})
                    QVERIFY2(colour.isValid(), qPrintable(hueName(hue)));
            }
        }
    }

    void styleSheet_hasNoTokenLeft()
    {
        const auto sheet = theme().styleSheet();
        QVERIFY(!sheet.contains(u'@'));
        QVERIFY(!sheet.contains(u"%area%"_s));
        QVERIFY(sheet.contains(u"#area_fn"_s));
    }

    void scale_growsFontsAndStyleSheet()
    {
        theme().setScale(2);
        QCOMPARE(theme().px(28), 56);
        QCOMPARE(theme().font(TextRole::Body).pixelSize(), 26);
        QVERIFY(theme().styleSheet().contains(u"min-height: 52px"_s));
        theme().setScale(1);
    }

    void icon_takesTheColourOfTheTheme()
    {
        theme().setMode(ThemeMode::Dark);
        const auto made = icon(u"check"_s, Token::T1);
        const auto dark = made.pixmap(20, 20).toImage();
        theme().setMode(ThemeMode::Light);
        const auto light = made.pixmap(20, 20).toImage();
        theme().setMode(ThemeMode::Dark);
        QVERIFY(!dark.isNull());
        QVERIFY(dark != light);
    }

    void plural_isWordedInEnglish()
    {
        const EnglishPlurals plurals;
        QCOMPARE(plurals.translate("", "%n error(s)", nullptr, 1), u"%n error"_s);
        QCOMPARE(plurals.translate("", "%n error(s)", nullptr, 2), u"%n errors"_s);
        QVERIFY(plurals.translate("", "Undo", nullptr, -1).isNull());
    }

    void segments_emitOnceForAnotherChoice()
    {
        Segments segments({u"Query"_s, u"Scan"_s});
        QSignalSpy spy(&segments, &Segments::currentChanged);
        QCOMPARE(segments.current(), 0);
        QTest::mouseClick(segments.segment(1), Qt::LeftButton);
        QTest::mouseClick(segments.segment(1), Qt::LeftButton);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(segments.current(), 1);
    }

    void chips_editRemoveAndAdd()
    {
        ChipBar bar(u"Condition"_s);
        bar.setChips({{u"key"_s, u"status"_s, {}, u"="_s, u"\"PAID\""_s, Token::SyntaxString, true, true},
            {{}, u"total"_s, u"N"_s, u">"_s, u"20"_s, Token::SyntaxNumber}});
        bar.resize(600, 40);
        bar.show();
        QSignalSpy edited(&bar, &ChipBar::editRequested);
        QSignalSpy removed(&bar, &ChipBar::removeRequested);
        QSignalSpy added(&bar, &ChipBar::addRequested);
        QTest::mouseClick(bar.chip(0), Qt::LeftButton);
        QTest::keyClick(bar.chip(0), Qt::Key_Delete); // fixed: stays
        QTest::keyClick(bar.chip(1), Qt::Key_Delete);
        QTest::mouseClick(bar.addChip(), Qt::LeftButton);
        QCOMPARE(edited.count(), 1);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.front().front().toInt(), 1);
        QCOMPARE(added.count(), 1);
    }

    void errorCard_copiesItsDetails()
    {
        ErrorCard card(
            {core::ErrorKind::Conflict, "ConditionalCheckFailedException", "The conditional request failed"},
            400);
        card.show();
        const auto buttons = card.findChildren<QPushButton*>();
        QTest::mouseClick(buttons.last(), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(),
            u"ConditionalCheckFailedException 400\nThe conditional request failed"_s);
    }

    void popover_closesOnEscapeAndOutsideClick()
    {
        QWidget window;
        window.resize(400, 300);
        auto* anchor = new QPushButton(u"Open"_s, &window);
        auto* other = new QPushButton(u"Other"_s, &window);
        other->move(300, 250);
        Popover popover(&window);
        popover.setContent(new QLineEdit);
        window.show();
        popover.openAt(anchor);
        QVERIFY(popover.isVisible());
        QTest::mouseClick(other, Qt::LeftButton);
        QVERIFY(!popover.isVisible());
        popover.openAt(anchor);
        QTest::keyClick(&popover, Qt::Key_Escape);
        QVERIFY(!popover.isVisible());
    }

    void popover_showsOnlyItsLatestContent()
    {
        QWidget window;
        auto* anchor = new QPushButton(u"Open"_s, &window);
        Popover popover(&window);
        QPointer<QWidget> first(new QLineEdit);
        popover.setContent(first);
        window.show();
        popover.openAt(anchor);
        popover.setContent(new QLineEdit);
        QVERIFY(!first || first->isHidden());
    }

    void splitter_movesByKeysAndRestores()
    {
        Splitter splitter(Qt::Horizontal);
        splitter.addWidget(new QWidget);
        splitter.addWidget(new QWidget);
        splitter.resize(401, 100);
        splitter.show();
        splitter.setDefaultSizes({100, 300});
        QCOMPARE(splitter.sizes().first(), 100);
        QTest::keyClick(splitter.handle(1), Qt::Key_Right);
        QCOMPARE(splitter.sizes().first(), 108);
        QTest::keyClick(splitter.handle(1), Qt::Key_Return);
        QCOMPARE(splitter.sizes().first(), 100);
    }

    void decisionTrace_growsWithItsWordsAndWalks()
    {
        DecisionTrace trace;
        trace.setSteps(steps());
        QVERIFY(trace.heightForWidth(200) > trace.heightForWidth(600));
        trace.resize(300, trace.heightForWidth(300));
        trace.show();
        QSignalSpy spy(&trace, &DecisionTrace::stepActivated);
        QTest::keyClick(&trace, Qt::Key_Down);
        QTest::keyClick(&trace, Qt::Key_Down);
        QCOMPARE(trace.currentStep(), 1);
        QCOMPARE(spy.count(), 2);
    }

    void wrappedLines_breakBetweenWordsAndInsideOnlyLongOnes()
    {
        const auto font = theme().font(TextRole::Caption);
        const QFontMetrics metrics(font);
        const auto words = u"payload format"_s;
        QCOMPARE(wrappedLines(font, words, metrics.horizontalAdvance(u"payload for"_s)),
            (QStringList{u"payload "_s, u"format"_s}));
        const auto token = u"0123456789abcdef"_s;
        const auto lines = wrappedLines(font, token, metrics.horizontalAdvance(token) / 2);
        QVERIFY(lines.size() > 1);
        QCOMPARE(lines.join(QString()), token);
        QCOMPARE(wrappedHeight(font, u"a\nb\nc"_s, 200), 3 * wrappedHeight(font, u"a"_s, 200));
    }

    void keyButton_showsItsKeysWhereThereIsRoom()
    {
        auto* made = qobject_cast<KeyButton*>(button(u"Run"_s, ButtonRole::Primary, u"play"_s));
        const std::unique_ptr<QPushButton> owner(made);
        const auto bare = made->sizeHint();
        showKeys(made, u"Ctrl+Return"_s);
        QVERIFY(made->sizeHint().width() > bare.width());
        QCOMPARE(made->minimumSizeHint().width(), bare.width());
        made->resize(made->sizeHint());
        QVERIFY(made->showsKeys());
        made->resize(bare);
        QVERIFY(!made->showsKeys());
        QSignalSpy spy(made, &QPushButton::clicked);
        made->show();
        QTest::mouseClick(made, Qt::LeftButton);
        QCOMPARE(spy.count(), 1);
    }

    void searchField_clearsByOurCrossAndByEscape()
    {
        SearchField field(u"Filter routes"_s);
        field.setText(u"orders"_s);
        field.resize(200, 28);
        field.show();
        const auto cross = QApplication::style()->standardIcon(QStyle::SP_LineEditClearButton);
        QCOMPARE(cross.pixmap(14, 14).toImage(), icon(u"x"_s, Token::T2).pixmap(14, 14).toImage());
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(field.text().isEmpty());
        QCOMPARE(field.accessibleName(), u"Filter routes"_s);
    }

    void tabCloseButton_isDrawnByOurIcon()
    {
        QTabBar tabs;
        tabs.setTabsClosable(true);
        tabs.addTab(u"app.py"_s);
        tabs.show();
        QSignalSpy spy(&tabs, &QTabBar::tabCloseRequested);
        auto* cross = tabs.tabButton(0, QTabBar::RightSide);
        const auto image = cross->grab().toImage();
        bool drawn = false;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const auto colour = image.pixelColor(x, y);
                QVERIFY2(colour.alpha() < 40 || colour.hslSaturation() < 90, qPrintable(colour.name()));
                drawn = drawn || colour.lightness() > 90;
            }
        }
        QVERIFY(drawn);
        QTest::mouseClick(cross, Qt::LeftButton);
        QCOMPARE(spy.count(), 1);
    }

    void styleSheet_namesOnlyPicturesThatExist()
    {
        static const QRegularExpression kUrl(u"url\\(([^)]+)\\)"_s);
        for (const auto mode : {ThemeMode::Light, ThemeMode::Dark}) {
            theme().setMode(mode);
            const auto sheet = theme().styleSheet();
            for (auto it = kUrl.globalMatch(sheet); it.hasNext();) {
                const auto path = it.next().captured(1);
                QVERIFY2(QFile::exists(path), qPrintable(path));
            }
        }
    }

    void errorCard_isAsHighAsItsWordsInANarrowPane()
    {
        Splitter splitter(Qt::Vertical);
        auto* card = new ErrorCard({core::ErrorKind::Invalid, "ValidationException",
                                       std::string("One or more parameter values are invalid. ")
                                           + "Some AttributeValues may contain unsupported datatypes; "
                                             "the key element does not match the schema of the table."},
            400);
        splitter.addWidget(card);
        splitter.addWidget(new QWidget);
        splitter.resize(240, 400);
        splitter.show();
        splitter.setSizes({10, 390});
        QApplication::processEvents();
        for (const auto* words : card->findChildren<QLabel*>()) {
            if (words->wordWrap())
                QVERIFY2(words->height() >= words->heightForWidth(words->width()),
                    qPrintable(u"%1 of %2, card %3 of %4"_s.arg(words->height())
                                   .arg(words->heightForWidth(words->width()))
                                   .arg(card->height())
                                   .arg(card->heightForWidth(card->width()))));
        }
        QVERIFY(card->height() >= card->heightForWidth(card->width()));
    }

    void drawnCells_sayInWordsWhatTheyShow()
    {
        RowModel<Request> model(columns(), [](const Request& r) { return r.path; });
        model.setRows(requests());
        const auto spoken = [&](int row, int column) {
            return model.index(row, column).data(Qt::AccessibleTextRole).toString();
        };
        QCOMPARE(spoken(0, 0), u"GET"_s);
        QCOMPARE(spoken(0, 2), u"CDN 13 %, API 13 %, Function 39 %, Tables 35 %"_s);
        QCOMPARE(spoken(0, 3), requests().front().age.text);
    }

    void row_showsTheFocusThatCameByKeyboard()
    {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* before = new QLineEdit;
        auto* view = new QTableView;
        RowModel<Request> model(columns(), [](const Request& r) { return r.path; });
        model.setRows(requests());
        view->setModel(&model);
        prepareTable(view);
        view->setItemDelegate(new RowDelegate(view));
        column->addWidget(before);
        column->addWidget(view);
        window.resize(500, 200);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window, tests::kPatience));
        view->selectRow(0);
        const auto ringed = [&] {
            const auto image = view->viewport()->grab().toImage();
            return image.pixelColor(60, 0) == theme().c(Token::Focus);
        };
        before->setFocus(Qt::MouseFocusReason);
        QVERIFY(!ringed());
        QTest::keyClick(before, Qt::Key_Tab);
        QVERIFY(view->hasFocus());
        QVERIFY(ringed());
    }

    void jsonTree_keepsWhatIsOpen()
    {
        JsonTree tree;
        tree.setJson({{"a", {{"b", {{"c", 1}}}}}});
        const auto b = tree.model()->index(0, 0, tree.model()->index(0, 0));
        tree.expand(b);
        tree.setJson({{"a", {{"b", {{"c", 2}}}}}, {"z", true}});
        QVERIFY(tree.isExpanded(tree.model()->index(0, 0, tree.model()->index(0, 0))));
        QCOMPARE(tree.model()->rowCount(), 2);
    }

    void kit_isWrittenAsAPicture()
    {
        QWidget page;
        page.setObjectName(u"area_tbl"_s);
        page.setProperty("pane", u"panel"_s);
        page.setAttribute(Qt::WA_StyledBackground);
        auto* columnsRow = new QHBoxLayout(&page);
        columnsRow->setContentsMargins(32, 24, 32, 24);
        columnsRow->setSpacing(32);
        columnsRow->addLayout(buildControls(), 1);
        columnsRow->addLayout(buildPanes(), 1);
        tests::writeScreenshots(page, u"kit"_s);
    }

private:
    static QList<TraceStep> steps()
    {
        return {
            {u"Behaviour /covers/*"_s, u"The path /covers/a.webp matches the second behaviour; TTL 60 s."_s,
                TraceStep::Verdict::Pass, u"0.1 ms"_s},
            {u"Key found in Tokyo"_s, u"Age 84 s is beyond the freshness lifetime of 60 s (max-age=60)."_s,
                TraceStep::Verdict::Warn, u"0.2 ms"_s},
            {u"Revalidated with the origin"_s, u"If-None-Match \"abc\" was answered with 304."_s,
                TraceStep::Verdict::Note, u"41 ms"_s},
            {u"RefreshHit from cloudfront"_s, {}, TraceStep::Verdict::Pass}};
    }

    static QLayout* row(std::initializer_list<QWidget*> widgets)
    {
        auto* made = new QHBoxLayout;
        made->setSpacing(8);
        for (auto* each : widgets)
            made->addWidget(each);
        made->addStretch(1);
        return made;
    }

    static QLayout* buildControls()
    {
        auto* column = new QVBoxLayout;
        column->setSpacing(10);
        for (const auto* role :
            {"display", "page", "title", "pane", "secondary", "caption", "mono", "number"})
            column->addWidget(label(QString::fromLatin1(role), QString::fromLatin1(role)));
        auto* disabled = button(u"Disabled"_s);
        disabled->setEnabled(false);
        column->addLayout(row({button(u"Primary"_s, ButtonRole::Primary, u"play"_s), button(u"Default"_s),
            button(u"Quiet"_s, ButtonRole::Quiet), disabled, button(u"Delete"_s, ButtonRole::Danger),
            button(u"Erase history"_s, ButtonRole::Destroy)}));
        column->addLayout(row({button(u"Small"_s, ButtonRole::Default, u"plus"_s, true),
            iconButton(u"copy"_s, u"Copy"_s), new Segments({u"Query"_s, u"Scan"_s, u"PartiQL"_s}, true),
            new KeyCaps(u"Ctrl+Shift+E"_s), new QSpinBox}));
        auto* send = button(u"Send"_s, ButtonRole::Primary, u"send"_s);
        showKeys(send, u"Ctrl+Return"_s);
        auto* debug = button(u"Debug"_s, ButtonRole::Default, u"bug"_s);
        showKeys(debug, u"Shift+F5"_s);
        auto* save = button(u"Save"_s, ButtonRole::Primary, {}, true);
        showKeys(save, u"Ctrl+S"_s);
        auto* tabs = new QTabBar;
        tabs->setTabsClosable(true);
        tabs->setDrawBase(false);
        tabs->addTab(u"app.py"_s);
        tabs->addTab(u"pricing.py"_s);
        column->addLayout(row({send, debug, save, tabs}));
        auto* on = new Switch(u"Force cold"_s);
        on->setChecked(true);
        auto* check = new QCheckBox(u"Rates"_s);
        check->setChecked(true);
        auto* radio = new QRadioButton(u"Pass"_s);
        radio->setChecked(true);
        column->addLayout(
            row({on, new Switch, check, new QCheckBox(u"Limits"_s), radio, new QRadioButton(u"Never"_s)}));
        auto* empty = new SearchField(u"Filter routes"_s);
        empty->setKeys(u"Ctrl+F"_s);
        auto* filled = new SearchField(u"Filter routes"_s);
        filled->setText(u"orders"_s);
        auto* fields = new QHBoxLayout;
        fields->addWidget(empty);
        fields->addWidget(filled);
        column->addLayout(fields);
        auto* wrong = new FormRow(u"Bucket name"_s, new QLineEdit(u"Shop_Exports"_s));
        wrong->setError(u"Use lower case letters, digits and hyphens, as real buckets require."_s);
        column->addWidget(wrong);
        QList<QWidget*> methods;
        auto* methodRow = new QHBoxLayout;
        for (const auto& each :
            {u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"OPTIONS"_s, u"ANY"_s})
            methodRow->addWidget(new MethodBadge(each));
        methodRow->addStretch(1);
        column->addLayout(methodRow);
        column->addLayout(row(
            {new Badge(u"Neutral"_s), new Badge(u"Fresh"_s, Hue::Ok), new Badge(u"Refreshing"_s, Hue::Info),
                new Badge(u"Stale"_s, Hue::Warn), new Badge(u"Gone"_s, Hue::Err),
                new Badge(u"Cold"_s, Hue::Cold), new Badge(u"dev"_s, Hue::Api), new BusyRing}));
        auto* chips = new ChipBar(u"Condition"_s);
        chips->setChips({{u"key"_s, u"status"_s, {}, u"="_s, u"\"PAID\""_s, Token::SyntaxString, true, true},
            {{}, u"total"_s, u"N"_s, u">"_s, u"20"_s, Token::SyntaxNumber}});
        column->addWidget(chips);
        auto* tiles = new QHBoxLayout;
        for (const auto hue : {Hue::Api, Hue::Fn, Hue::Tbl, Hue::Sto, Hue::Cdn, Hue::Lrn})
            tiles->addWidget(new Tile(hueName(hue), hue, 32));
        auto* line = new Sparkline(Hue::Fn);
        line->setValues({1, 3, 2, 5, 4, 7, 3, 4, 9, 2});
        tiles->addWidget(line);
        tiles->addStretch(1);
        column->addLayout(tiles);
        auto* progress = new QProgressBar;
        progress->setValue(62);
        progress->setTextVisible(false);
        column->addWidget(progress);
        column->addStretch(1);
        return column;
    }

    QLayout* buildPanes()
    {
        auto* column = new QVBoxLayout;
        column->setSpacing(12);
        auto* header = new AreaHeader;
        header->setObject(u"tbl"_s, Hue::Tbl, u"Orders"_s, u"2 indexes"_s);
        for (const auto& each : {u"Items"_s, u"Indexes"_s, u"Explain"_s})
            header->tabs()->addTab(each);
        header->addAction(button(u"New item"_s, ButtonRole::Primary, u"plus"_s, true));
        column->addWidget(header);
        auto* model = new RowModel<Request>(
            columns(), [](const Request& r) { return r.path; }, this);
        model->setRows(requests());
        auto* view = new QTableView;
        view->setModel(model);
        prepareTable(view);
        view->setItemDelegate(new RowDelegate(view, RowDelegate::Cell::Mono));
        view->setItemDelegateForColumn(0, new MethodDelegate(view));
        view->setItemDelegateForColumn(2, new SpectrumDelegate(view));
        view->setItemDelegateForColumn(3, new AgeDelegate(view));
        view->setItemDelegateForColumn(4, new StatusDelegate(view));
        view->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
        view->setColumnWidth(3, 150);
        view->setColumnWidth(4, 64);
        view->selectRow(2);
        view->setFixedHeight(110);
        column->addWidget(view);
        auto* trace = new DecisionTrace;
        trace->setSteps(steps(), Hue::Ok);
        column->addWidget(trace);
        auto* card = new ErrorCard({core::ErrorKind::Conflict, "ConditionalCheckFailedException",
                                       "The item changed after you read it: total is now 61, not 64."},
            400);
        card->addAction(u"Compare"_s, [] {});
        column->addWidget(card);
        auto* empty = new EmptyState(u"No items match"_s, u"0 of 42 read items passed the filter."_s);
        empty->addAction(u"Clear filter"_s, [] {});
        empty->addAction(u"Show the 42"_s, [] {});
        column->addWidget(empty);
        auto* tree = new JsonTree;
        tree->setJson({{"orderId", "ORD-1042"}, {"total", 64.5}, {"paid", true}, {"items", {1, 2}}});
        column->addWidget(tree, 1);
        return column;
    }
};

CHAMBER_SUITE(TstKitWidgets, "tst_kit_widgets")

#include "tst_kit_widgets.moc"
