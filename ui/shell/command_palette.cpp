#include "ui/shell/command_palette.h"

#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"
#include "ui/shell/palette_list.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

QWidget* hint(const QString& keys, const QString& words)
{
    auto* made = new QWidget;
    auto* row = new QHBoxLayout(made);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(new kit::KeyCaps(keys));
    row->addWidget(kit::label(words, u"caption"_s));
    return made;
}

}

class CommandPalette::Box : public QFrame {
public:
    explicit Box(QWidget* parent)
        : QFrame(parent)
    {
        setObjectName(u"commandPalette"_s);
        setProperty("role", u"palette"_s);
    }
};

CommandPalette::CommandPalette(QWidget* window)
    : QWidget(window)
    , m_window(window)
    , m_box(new Box(this))
    , m_field(new QLineEdit)
    , m_scope(new kit::Segments({tr("All"), tr("> Commands"), tr("@ Resources"), tr("# Tracks")}))
    , m_list(new QListView)
    , m_count(kit::label({}, u"caption"_s))
    , m_model(std::make_unique<Model>())
{
    hide();
    buildBox();
    window->installEventFilter(this);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textEdited, this, &CommandPalette::filter);
    connect(m_scope, &kit::Segments::currentChanged, this, &CommandPalette::setScope);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

CommandPalette::~CommandPalette() = default;

void CommandPalette::buildBox()
{
    auto* column = new QVBoxLayout(m_box);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 10, 14, 10);
    head->setSpacing(10);
    head->addWidget(new kit::IconLabel(u"search"_s, Token::T2, 16));
    m_field->setObjectName(u"paletteField"_s);
    m_field->setProperty("role", u"bare"_s);
    m_field->setPlaceholderText(tr("Go to, run or ask"));
    m_field->setAccessibleName(tr("Command palette"));
    head->addWidget(m_field, 1);
    const auto segments = m_scope->findChildren<QPushButton*>();
    for (auto* each : segments)
        each->setFocusPolicy(Qt::NoFocus);
    head->addWidget(m_scope);
    column->addLayout(head);
    column->addWidget(kit::hline());
    m_list->setObjectName(u"paletteList"_s);
    m_list->setModel(m_model.get());
    m_list->setItemDelegate(new Delegate(*m_model, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* frame = new QHBoxLayout;
    frame->setContentsMargins(6, 2, 6, 6);
    frame->addWidget(m_list);
    column->addLayout(frame, 1);
    column->addWidget(kit::hline());
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 8);
    foot->setSpacing(16);
    foot->addWidget(hint(u"↑+↓"_s, tr("Move")));
    foot->addWidget(hint(tr("Enter"), tr("Open")));
    foot->addWidget(hint(tr("Tab"), tr("Actions")));
    foot->addWidget(hint(tr("Esc"), tr("Close")));
    foot->addStretch(1);
    foot->addWidget(m_count);
    column->addLayout(foot);
}

void CommandPalette::open(QList<PaletteItem> items, const QString& prefix)
{
    m_items = std::move(items);
    m_focusBefore = QApplication::focusWidget();
    m_field->setText(prefix);
    place();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
    filter();
}

void CommandPalette::addItems(const QList<PaletteItem>& items)
{
    if (!isVisible())
        return;
    m_items += items;
    const auto at = m_list->currentIndex().row();
    filter();
    if (at > 0 && at < m_model->rowCount())
        m_list->setCurrentIndex(m_model->index(at));
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

int CommandPalette::matchCount() const
{
    return m_model->matches();
}

void CommandPalette::place()
{
    setGeometry(m_window->rect());
    const int width = std::min(theme().px(640), m_window->width() - theme().px(32));
    const int top = std::min(theme().px(92), m_window->height() / 8);
    const int height = std::min(theme().px(514), m_window->height() - top - theme().px(32));
    m_box->setGeometry((m_window->width() - width) / 2, top, width, height);
}

void CommandPalette::filter()
{
    auto words = m_field->text();
    int scope = m_scope->current();
    static const QString kPrefixes = u">@#"_s;
    if (!words.isEmpty() && kPrefixes.contains(words[0])) {
        scope = static_cast<int>(kPrefixes.indexOf(words[0])) + 1;
        words.remove(0, 1);
        const QSignalBlocker quiet(m_scope);
        m_scope->setCurrent(scope);
    } else if (scope > 0 && !m_field->text().isEmpty()) {
        const QSignalBlocker quiet(m_scope);
        m_scope->setCurrent(0);
        scope = 0;
    } else if (m_field->text().isEmpty()) {
        const QSignalBlocker quiet(m_scope);
        m_scope->setCurrent(0);
        scope = 0;
    }
    m_model->show(m_items, words, scope);
    int shown = 0;
    for (int i = 0; i < m_model->rowCount(); ++i)
        shown += m_model->row(i).heading ? 0 : 1;
    m_count->setText(
        m_model->matches() == 0 ? tr("Nothing matches") : tr("%1 of %2").arg(shown).arg(m_model->matches()));
    m_list->setCurrentIndex(m_model->index(-1));
    move(1);
    m_list->scrollToTop();
}

void CommandPalette::setScope(int scope)
{
    static const QString kPrefixes[] = {QString(), u">"_s, u"@"_s, u"#"_s};
    auto words = m_field->text();
    while (!words.isEmpty() && u">@#"_s.contains(words[0]))
        words.remove(0, 1);
    m_field->setText(kPrefixes[scope] + words);
    m_field->setFocus();
    filter();
}

void CommandPalette::move(int rows)
{
    const int step = rows < 0 ? -1 : 1;
    int at = m_list->currentIndex().row();
    for (int moved = 0; moved < std::abs(rows);) {
        at += step;
        if (at < 0 || at >= m_model->rowCount())
            return;
        if (m_model->row(at).heading || !m_model->row(at).item.enabled)
            continue;
        ++moved;
        m_list->setCurrentIndex(m_model->index(at));
    }
}

void CommandPalette::runCurrent()
{
    const auto at = m_list->currentIndex();
    if (!at.isValid() || m_model->row(at.row()).heading || !m_model->row(at.row()).item.enabled)
        return;
    const auto run = m_model->row(at.row()).item.run;
    close();
    if (run)
        run();
}

void CommandPalette::showActions()
{
    const auto at = m_list->currentIndex();
    if (!at.isValid() || m_model->row(at.row()).heading)
        return;
    const auto& item = m_model->row(at.row()).item;
    QMenu menu(this);
    menu.setObjectName(u"paletteActions"_s);
    menu.addAction(tr("Open"), this, &CommandPalette::runCurrent);
    for (const auto& action : item.actions) {
        menu.addAction(action.text, this, [this, run = action.run] {
            close();
            run();
        });
    }
    const auto rect = m_list->visualRect(at);
    menu.exec(m_list->viewport()->mapToGlobal(rect.bottomLeft() + QPoint(theme().px(44), 0)));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_window && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_field
        || (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride))
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (event->type() == QEvent::ShortcutOverride) {
        if (key->key() == Qt::Key_Escape)
            event->accept();
        return false;
    }
    switch (key->key()) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(8);
        return true;
    case Qt::Key_PageUp:
        move(-8);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Tab:
        showActions();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(
        rect(), theme().isDark() ? QColor(0x05, 0x06, 0x08, 0x94) : QColor(0x1E, 0x22, 0x2A, 0x47));
}

void CommandPalette::mousePressEvent(QMouseEvent* event)
{
    if (!m_box->geometry().contains(event->pos()))
        close();
}

}
