#include "ui/tables/item_editor.h"

#include "ui/kit/theme.h"
#include "ui/shell/action_catalogue.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui::tables {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

constexpr int kMostLines = 8;

QString coloured(const QString& text, const QColor& colour)
{
    return u"<span style=\"color:%1\">%2</span>"_s.arg(colour.name(), text.toHtmlEscaped());
}

QString valueIn(const ChangeLine& line)
{
    const auto token = line.type == Type::S ? Token::SyntaxString
        : line.type == Type::N              ? Token::SyntaxNumber
                                            : Token::SyntaxKeyword;
    auto text = line.value;
    if (text.size() > 120)
        text = text.left(119) + u'…';
    return coloured(text, theme().c(token));
}

QString lineText(const ChangeLine& line)
{
    const auto verb =
        coloured(line.verb.leftJustified(line.verb.size() > 3 ? 6 : 3), theme().c(Token::SyntaxKeyword))
            .replace(u"  "_s, u"&nbsp;&nbsp;"_s);
    if (line.verb == u"IF"_s && line.value.isEmpty())
        return u"%1 %2 %3"_s.arg(verb, line.path.toHtmlEscaped(),
            coloured(ItemEditor::tr("is still absent"), theme().c(Token::T3)));
    if (line.value.isEmpty())
        return u"%1 %2"_s.arg(verb, line.path.toHtmlEscaped());
    return u"%1 %2 = %3"_s.arg(verb, line.path.toHtmlEscaped(), valueIn(line));
}

}

ItemEditor::ItemEditor(
    shell::AreaContext& context, ItemDocument& document, QWidget* popoverHost, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_document(document)
    , m_popover(new kit::Popover(popoverHost))
{
    setObjectName(u"itemEditor"_s);
    setProperty("pane", u"panel"_s);
    m_popover->setObjectName(u"attributePopover"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_empty = new kit::EmptyState(
        tr("No item is open"), tr("Choose a row to see all its attributes, or make a new item."));
    m_body = new QWidget;
    column->addWidget(m_empty, 1);
    column->addWidget(m_body, 1);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    buildHead();
    buildBody();
    buildChange();
    buildButtons();
    connectAll();
    sync();
}

void ItemEditor::buildHead()
{
    auto* head = new QWidget;
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(12, 6, 8, 6);
    line->setSpacing(8);
    m_title = kit::label(tr("Item"), u"pane"_s);
    m_key = kit::label({}, u"mono"_s);
    m_key->setObjectName(u"itemKey"_s);
    m_key->setMinimumWidth(0);
    m_key->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_mode = new kit::Segments({tr("Form"), tr("JSON")});
    m_mode->segment(0)->setObjectName(u"itemAsForm"_s);
    m_mode->segment(1)->setObjectName(u"itemAsJson"_s);
    auto* copy = kit::iconButton(u"copy"_s, tr("Duplicate as a new item"));
    copy->setObjectName(u"duplicateItem"_s);
    connect(copy, &QToolButton::clicked, &m_document, &ItemDocument::duplicate);
    connect(
        &m_document, &ItemDocument::opened, copy, [this, copy] { copy->setEnabled(!m_document.isNew()); });
    line->addWidget(m_title);
    line->addWidget(m_key, 1);
    line->addWidget(m_mode);
    line->addWidget(copy);
    m_body->layout()->addWidget(head);
    m_body->layout()->addWidget(kit::hline());
}

void ItemEditor::buildBody()
{
    m_pages = new QStackedWidget;
    auto* formPage = new QWidget;
    auto* formColumn = new QVBoxLayout(formPage);
    formColumn->setContentsMargins(10, 6, 0, 8);
    formColumn->setSpacing(6);
    m_form = new ItemForm(m_document);
    formColumn->addWidget(m_form, 1);
    m_add = kit::button(tr("Attribute"), kit::ButtonRole::Quiet, u"plus"_s, true);
    m_add->setObjectName(u"addAttribute"_s);
    m_add->setAccessibleName(tr("Add an attribute"));
    m_add->setToolTip(
        tr("Adds an attribute of the item; Insert adds an entry to the selected map, list or set"));
    formColumn->addWidget(m_add, 0, Qt::AlignLeft);
    auto* jsonPage = new QWidget;
    auto* jsonColumn = new QVBoxLayout(jsonPage);
    jsonColumn->setContentsMargins(0, 0, 0, 0);
    m_json = new code::CodeEditor(code::Language::Json);
    m_json->setObjectName(u"itemJson"_s);
    m_json->setCompact(true);
    m_jsonError = kit::label({}, u"error"_s);
    m_jsonError->setObjectName(u"itemJsonError"_s);
    m_jsonError->setWordWrap(true);
    m_jsonError->setContentsMargins(12, 4, 12, 4);
    m_jsonError->hide();
    jsonColumn->addWidget(m_json, 1);
    jsonColumn->addWidget(m_jsonError);
    m_pages->addWidget(formPage);
    m_pages->addWidget(jsonPage);
    static_cast<QVBoxLayout*>(m_body->layout())->addWidget(m_pages, 1);
    m_jsonTimer.setSingleShot(true);
    m_jsonTimer.setInterval(250);
}

void ItemEditor::buildChange()
{
    auto* holder = new QWidget;
    auto* cards = new QVBoxLayout(holder);
    cards->setContentsMargins(12, 0, 12, 0);
    m_card = new kit::ErrorCard;
    m_card->setObjectName(u"itemError"_s);
    m_card->hide();
    m_difference = kit::label({}, u"mono"_s);
    m_difference->setObjectName(u"itemDifference"_s);
    m_difference->setWordWrap(true);
    m_difference->setTextFormat(Qt::RichText);
    m_difference->hide();
    cards->addWidget(m_card);
    cards->addWidget(m_difference);
    m_keep = kit::button(tr("Reload and keep edits"), kit::ButtonRole::Default, {}, true);
    m_keep->setObjectName(u"reloadKeepItem"_s);
    m_keep->hide();
    cards->addWidget(m_keep, 0, Qt::AlignLeft);
    m_body->layout()->addWidget(holder);
    m_change = new QWidget;
    auto* column = new QVBoxLayout(m_change);
    column->setContentsMargins(12, 10, 12, 8);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    m_cost = kit::label({}, u"caption"_s);
    head->addWidget(kit::label(tr("Change to save"), u"pane"_s), 1);
    head->addWidget(m_cost);
    column->addLayout(head);
    m_lines = kit::label({}, u"mono"_s);
    m_lines->setObjectName(u"changeLines"_s);
    m_lines->setAccessibleName(tr("Change to save"));
    m_lines->setTextFormat(Qt::RichText);
    m_lines->setWordWrap(true);
    m_lines->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_lines->setContentsMargins(10, 6, 10, 6);
    auto* frame = new QFrame;
    frame->setProperty("role", u"card"_s);
    auto* inside = new QVBoxLayout(frame);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_lines);
    column->addWidget(frame);
    m_problem = kit::label({}, u"error"_s);
    m_problem->setObjectName(u"itemProblem"_s);
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    m_body->layout()->addWidget(kit::hline());
    m_body->layout()->addWidget(m_change);
}

void ItemEditor::buildButtons()
{
    m_buttons = new QWidget;
    auto* line = new QHBoxLayout(m_buttons);
    line->setContentsMargins(12, 8, 12, 8);
    line->setSpacing(8);
    m_delete = kit::button(tr("Delete"), kit::ButtonRole::Danger, u"trash"_s, true);
    m_delete->setObjectName(u"deleteItem"_s);
    m_discard = kit::button(tr("Discard"), kit::ButtonRole::Default, {}, true);
    m_discard->setObjectName(u"discardItem"_s);
    m_save = kit::button(tr("Save"), kit::ButtonRole::Primary, {}, true);
    m_save->setObjectName(u"saveItem"_s);
    line->addWidget(m_delete);
    line->addStretch(1);
    line->addWidget(m_discard);
    line->addWidget(m_save);
    m_body->layout()->addWidget(kit::hline());
    m_body->layout()->addWidget(m_buttons);
}

void ItemEditor::connectAll()
{
    connect(m_mode, &kit::Segments::currentChanged, this, [this](int at) { showForm(at == 0); });
    connect(m_add, &QPushButton::clicked, this, [this] { askForName({}); });
    connect(m_form, &ItemForm::nameWanted, this, &ItemEditor::askForName);
    connect(m_json, &code::CodeEditor::textChanged, this, [this] {
        if (m_json->isModified())
            m_jsonTimer.start();
    });
    connect(m_json, &code::CodeEditor::saveRequested, this, [this] {
        checkJson();
        if (m_jsonError->isHidden())
            m_document.save();
    });
    connect(&m_jsonTimer, &QTimer::timeout, this, &ItemEditor::checkJson);
    connect(&m_document, &ItemDocument::opened, this, [this] {
        m_card->hide();
        hideDifference();
        sync();
        syncJson();
    });
    connect(&m_document, &ItemDocument::edited, this, [this] {
        sync();
        if (!m_fromJson)
            syncJson();
    });
    connect(&m_document, &ItemDocument::saved, this, [this] {
        m_card->hide();
        hideDifference();
    });
    connect(&m_document, &ItemDocument::failed, this, &ItemEditor::showFailure);
    connect(&m_document, &ItemDocument::conflict, this, &ItemEditor::showConflict);
    connect(&m_document, &ItemDocument::compared, this, &ItemEditor::showDifference);
    connect(m_keep, &QPushButton::clicked, this, [this] {
        m_card->hide();
        hideDifference();
        m_document.reload(true);
    });
    connect(m_delete, &QPushButton::clicked, &m_document, &ItemDocument::deleteItem);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        m_card->hide();
        hideDifference();
        m_document.discard();
    });
    connect(&theme(), &kit::Theme::changed, this, &ItemEditor::showChange);
}

void ItemEditor::showForm(bool form)
{
    if (form && m_jsonTimer.isActive()) {
        m_jsonTimer.stop();
        checkJson();
    }
    if (form && !m_jsonError->isHidden()) {
        m_mode->setCurrent(1); // what is written there is no item yet: it stays in sight
        return;
    }
    m_mode->setCurrent(form ? 0 : 1);
    m_pages->setCurrentIndex(form ? 0 : 1);
    if (!form)
        syncJson();
}

void ItemEditor::sync()
{
    const bool open = m_document.isOpen();
    m_empty->setVisible(!open);
    m_body->setVisible(open);
    if (!open)
        return;
    m_title->setText(m_document.isNew() ? tr("New item") : tr("Item"));
    const auto key = m_document.isNew() ? m_document.schema().name : m_document.keyText();
    m_key->setText(m_key->fontMetrics().elidedText(key, Qt::ElideMiddle, theme().px(130)));
    m_key->setToolTip(key);
    m_delete->setVisible(!m_document.isNew());
    showChange();
}

void ItemEditor::showChange()
{
    if (!m_document.isOpen())
        return;
    const bool staged = m_document.isStaged();
    const auto problem = staged ? m_document.problem() : QString();
    m_change->setVisible(staged);
    m_discard->setEnabled(staged);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (auto* save = m_context.actions.find(u"tables.save"_s))
        save->setEnabled(staged && problem.isEmpty() && !m_document.isSaving() && m_jsonError->isHidden());
    if (!staged)
        return;
    m_cost->setText(tr("%1, %2 WCU")
                        .arg(m_document.isNew() ? u"PutItem"_s : u"UpdateItem"_s)
                        .arg(std::max(writeUnits(m_document.before()), writeUnits(m_document.item()))));
    QStringList texts;
    const auto lines = m_document.lines();
    for (const auto& each : lines.first(std::min<qsizetype>(lines.size(), kMostLines)))
        texts.append(lineText(each));
    if (lines.size() > kMostLines)
        texts.append(coloured(
            tr("and %n more", nullptr, static_cast<int>(lines.size()) - kMostLines), theme().c(Token::T3)));
    if (!m_document.isNew())
        texts.append(coloured(tr("# unchanged since read"), theme().c(Token::SyntaxComment)));
    m_lines->setText(texts.join(u"<br>"_s));
}

void ItemEditor::syncJson()
{
    m_jsonTimer.stop();
    m_json->setText(m_document.isOpen() ? itemText(m_document.item()) : QString());
    m_json->clearErrors();
    m_jsonError->hide();
}

void ItemEditor::checkJson()
{
    if (!m_document.isOpen())
        return;
    m_json->clearErrors();
    const auto item = parseItem(m_json->text());
    m_jsonError->setVisible(!item);
    if (item) {
        m_fromJson = true;
        m_document.setItem(*item);
        m_fromJson = false;
    } else {
        const auto message = QString::fromStdString(item.error().message);
        m_jsonError->setText(message);
        static const QRegularExpression number(u"\\d+"_s);
        if (message.contains(u": "_s))
            if (const auto match = number.match(message.section(u':', 0, 0));
                match.hasMatch() && !message.contains(u'['))
                m_json->markError(match.captured().toInt());
    }
    showChange();
}

void ItemEditor::askForName(const Path& parent)
{
    auto* ask = new QFrame;
    auto* column = new QVBoxLayout(ask);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    auto* name = new QLineEdit;
    name->setObjectName(u"attributeName"_s);
    name->setAccessibleName(tr("Name of the attribute"));
    name->setPlaceholderText(
        parent.isEmpty() ? tr("Name") : tr("Name in %1").arg(pathText(parent, m_document.item())));
    auto* type = new QComboBox;
    type->setObjectName(u"attributeType"_s);
    type->setAccessibleName(tr("Type of the attribute"));
    for (const auto each :
        {Type::S, Type::N, Type::Bool, Type::Null, Type::M, Type::L, Type::SS, Type::NS, Type::BS, Type::B})
        type->addItem(typeName(each));
    auto* error = kit::label({}, u"error"_s);
    error->hide();
    auto* add = kit::button(tr("Add"), kit::ButtonRole::Primary, {}, true);
    add->setObjectName(u"attributeAdd"_s);
    auto* line = new QHBoxLayout;
    line->addWidget(name, 1);
    line->addWidget(type);
    line->addWidget(add);
    column->addLayout(line);
    column->addWidget(error);
    const auto apply = [this, parent, name, type, error, ask] {
        const auto path =
            m_document.add(parent, name->text().trimmed(), typeNamed(type->currentText()).value_or(Type::S));
        error->setText(
            name->text().trimmed().isEmpty() ? tr("Give it a name") : tr("There is one of this name"));
        error->setVisible(path.isEmpty());
        if (path.isEmpty())
            return ask->adjustSize();
        m_popover->close();
        m_form->expandToDepth(1);
        const auto index = static_cast<ItemTreeModel*>(m_form->model())->find(path).siblingAtColumn(1);
        m_form->setCurrentIndex(index);
        if (index.flags().testFlag(Qt::ItemIsEditable))
            m_form->edit(index);
    };
    connect(name, &QLineEdit::returnPressed, ask, apply);
    connect(add, &QPushButton::clicked, ask, apply);
    m_popover->setContent(ask);
    m_popover->openAt(m_add, true);
    name->setFocus(Qt::PopupFocusReason);
}

void ItemEditor::showFailure(const core::Error& error)
{
    m_card->clearActions();
    m_card->setError(error, 400);
    hideDifference();
    m_card->show();
}

void ItemEditor::showConflict(const core::Error& error)
{
    m_card->clearActions();
    m_card->setError(
        {error.kind, error.code, tr("Changed since you read it. Nothing was saved.").toStdString()}, 400);
    m_card->addAction(tr("Compare"), [this] { m_document.compare(); })->setObjectName(u"compareItem"_s);
    m_card
        ->addAction(tr("Reload"),
            [this] {
                m_card->hide();
                hideDifference();
                m_document.reload(false);
            })
        ->setObjectName(u"reloadItem"_s);
    hideDifference();
    m_card->show();
}

void ItemEditor::showDifference(const QList<ChangeLine>& lines, bool gone)
{
    QStringList texts;
    if (gone)
        texts.append(tr("The item has been deleted.").toHtmlEscaped());
    for (const auto& each : lines) {
        if (each.verb == u"IF"_s)
            texts.append(
                tr("%1 was %2")
                    .arg(each.path.toHtmlEscaped(), each.value.isEmpty() ? tr("absent") : valueIn(each)));
        else
            texts.append(
                tr("%1 is now %2")
                    .arg(each.path.toHtmlEscaped(), each.value.isEmpty() ? tr("absent") : valueIn(each)));
    }
    if (texts.isEmpty())
        texts.append(tr("The item is as you read it.").toHtmlEscaped());
    m_difference->setText(texts.first(std::min<qsizetype>(texts.size(), 2 * kMostLines)).join(u"<br>"_s));
    m_difference->show();
    m_keep->setVisible(!gone && !m_document.isNew());
}

void ItemEditor::hideDifference()
{
    m_difference->hide();
    m_keep->hide();
}

}
