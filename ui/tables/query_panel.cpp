#include "ui/tables/query_panel.h"

#include "ui/kit/icon.h"
#include "ui/kit/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui::tables {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTitleWidth = 56;
constexpr int kMostKeyParts = 4; // of a kind, in a multi-attribute key of an index

kit::Tone toneOf(Type type)
{
    return type == Type::S ? kit::Tone(kit::Token::SyntaxString)
        : type == Type::N  ? kit::Tone(kit::Token::SyntaxNumber)
                           : kit::Tone(kit::Token::SyntaxKeyword);
}

QString shown(const Condition& condition)
{
    QStringList values;
    for (const auto& each : condition.values)
        values.append(condition.op == Op::HasType ? each : literal({condition.type, each, {}, {}}));
    return values.join(condition.op == Op::Between ? u" … "_s : u", "_s);
}

kit::ChipText filterChip(const Condition& condition)
{
    const bool typed = valueCount(condition.op) != 0 && condition.op != Op::HasType;
    return {{}, condition.attribute, typed ? typeName(condition.type) : QString(), opText(condition.op),
        shown(condition), toneOf(condition.type), false, false};
}

}

QueryPanel::QueryPanel(shell::AreaContext& context, QWidget* popoverHost, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_popover(new kit::Popover(popoverHost))
{
    setProperty("pane", u"canvas"_s);
    setObjectName(u"queryPanel"_s);
    m_popover->setObjectName(u"conditionPopover"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(8);
    buildFirstRow();
    buildKeyRow();
    buildFilterRow();
    buildShowRow();
    connectAll();
}

QWidget* QueryPanel::row(const QString& title, const QList<QWidget*>& widgets)
{
    auto* holder = new QWidget;
    auto* line = new QHBoxLayout(holder);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    if (!title.isEmpty()) {
        auto* name = kit::label(title, u"secondary"_s);
        name->setFixedWidth(kit::theme().px(kTitleWidth));
        line->addWidget(name, 0, Qt::AlignTop);
        name->setFixedHeight(kit::theme().px(26));
    }
    bool wraps = false;
    for (auto* each : widgets) {
        const bool wide = qobject_cast<kit::FlowLayout*>(each->layout());
        line->addWidget(each, wide ? 1 : 0, wide ? Qt::Alignment() : Qt::AlignTop);
        wraps = wraps || wide;
    }
    if (!wraps)
        line->addStretch(1);
    layout()->addWidget(holder);
    return holder;
}

void QueryPanel::buildFirstRow()
{
    m_mode = new kit::Segments({tr("Query"), tr("Scan")}, true);
    m_mode->setObjectName(u"queryMode"_s);
    m_mode->segment(0)->setObjectName(u"modeQuery"_s);
    m_mode->segment(1)->setObjectName(u"modeScan"_s);
    m_source = new QComboBox;
    m_source->setObjectName(u"querySource"_s);
    m_source->setAccessibleName(tr("Table or index"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_strong = new QCheckBox(tr("Strong read"));
    m_strong->setObjectName(u"strongRead"_s);
    m_strong->setFixedHeight(kit::theme().px(28));
    m_run = kit::button({}, kit::ButtonRole::Primary, u"play"_s);
    m_run->setObjectName(u"runQuery"_s);
    auto* holder = row({}, {m_mode, m_source, m_strong});
    static_cast<QHBoxLayout*>(holder->layout())->addWidget(m_run);
}

void QueryPanel::buildKeyRow()
{
    m_keys = new QWidget;
    auto* keys = new kit::FlowLayout(m_keys, 8);
    const auto addChips = [keys](QList<kit::Chip*>& chips, const QString& objectName) {
        for (int i = 0; i < kMostKeyParts; ++i) {
            chips.append(new kit::Chip({}));
            chips.last()->setObjectName(i == 0 ? objectName : objectName + QString::number(i + 1));
            keys->addWidget(chips.last());
        }
    };
    addChips(m_partitions, u"partitionChip"_s);
    m_and = kit::label(tr("and"), u"secondary"_s);
    m_and->setFixedHeight(kit::theme().px(26));
    keys->addWidget(m_and);
    addChips(m_sorts, u"sortChip"_s);
    m_order = new kit::Segments({tr("Newest first"), tr("Oldest first")});
    m_order->setObjectName(u"queryOrder"_s);
    m_order->segment(0)->setObjectName(u"orderNewest"_s);
    m_order->segment(1)->setObjectName(u"orderOldest"_s);
    m_order->setToolTip(tr("By the sort key, descending or ascending"));
    m_scanNote = new QWidget;
    auto* note = new QHBoxLayout(m_scanNote);
    note->setContentsMargins(0, 4, 0, 4);
    note->addWidget(new kit::IconLabel(u"alert"_s, kit::Hue::Warn, 14));
    note->addWidget(kit::label(
        tr("A Scan reads every item. Filters only hide what was read and paid for."), u"secondary"_s));
    keys->addWidget(m_order);
    row(tr("Key"), {m_keys, m_scanNote});
}

void QueryPanel::buildFilterRow()
{
    m_join = new kit::Segments({tr("and"), tr("or")});
    m_join->setObjectName(u"filterJoin"_s);
    m_join->segment(0)->setObjectName(u"joinAnd"_s);
    m_join->segment(1)->setObjectName(u"joinOr"_s);
    m_filters = new kit::ChipBar(tr("Condition"));
    m_filters->setObjectName(u"filterChips"_s);
    m_filters->addChip()->setObjectName(u"addFilter"_s);
    m_filters->addChip()->setAccessibleName(tr("Add a filter condition"));
    row(tr("Filter"), {m_join, m_filters});
}

void QueryPanel::buildShowRow()
{
    m_limit = new QSpinBox;
    m_limit->setObjectName(u"queryLimit"_s);
    m_limit->setAccessibleName(tr("Items read in a page"));
    m_limit->setToolTip(tr("Items read in a page; a page never holds more than 1 MB"));
    m_limit->setRange(0, 100'000);
    m_limit->setPrefix(tr("Limit "));
    m_limit->setSpecialValueText(tr("Limit none"));
    m_limit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_problem = kit::label({}, u"error"_s);
    m_problem->setObjectName(u"queryProblem"_s);
    m_problem->setFixedHeight(kit::theme().px(26));
    row(tr("Show"), {m_limit, m_problem});
}

void QueryPanel::connectAll()
{
    connect(m_mode, &kit::Segments::currentChanged, this,
        [this](int at) { change([at](QueryForm& form) { form.scan = at == 1; }); });
    connect(m_source, &QComboBox::currentIndexChanged, this, [this] {
        if (m_showing)
            return;
        change([this](QueryForm& form) {
            form.index = m_source->currentData().toString();
            form.clearKey();
        });
        Q_EMIT sourceChanged();
    });
    connect(m_strong, &QCheckBox::toggled, this,
        [this](bool on) { change([on](QueryForm& form) { form.strong = on; }); });
    connect(m_order, &kit::Segments::currentChanged, this,
        [this](int at) { change([at](QueryForm& form) { form.newestFirst = at == 0; }); });
    connect(m_join, &kit::Segments::currentChanged, this,
        [this](int at) { change([at](QueryForm& form) { form.any = at == 1; }); });
    connect(m_limit, &QSpinBox::valueChanged, this,
        [this](int limit) { change([limit](QueryForm& form) { form.limit = limit; }); });
    for (int at = 0; at < kMostKeyParts; ++at) {
        connect(m_partitions[at], &QAbstractButton::clicked, this, [this, at] { editPartition(at); });
        connect(m_sorts[at], &QAbstractButton::clicked, this, [this, at] { editSort(at); });
        connect(m_sorts[at], &kit::Chip::removeRequested, this,
            [this, at] { change([at](QueryForm& form) { form.setSort(at, std::nullopt); }); });
    }
    connect(m_filters, &kit::ChipBar::addRequested, this, [this] { editFilter(-1); });
    connect(m_filters, &kit::ChipBar::editRequested, this, &QueryPanel::editFilter);
    connect(m_filters, &kit::ChipBar::removeRequested, this,
        [this](int index) { change([index](QueryForm& form) { form.filters.removeAt(index); }); });
}

void QueryPanel::setSchema(const TableSchema& schema)
{
    if (schema.sources == m_schema.sources && schema.name == m_schema.name) {
        m_schema = schema;
        return;
    }
    m_schema = schema;
    const QScopedValueRollback guard(m_showing, true);
    m_source->clear();
    for (const auto& each : schema.sources) {
        const auto name = each.name.isEmpty() ? tr("Table") : each.name;
        m_source->addItem(
            kit::icon(each.name.isEmpty() ? u"key"_s : u"idx"_s), tr("on %1").arg(name), each.name);
    }
    showForm();
}

void QueryPanel::setForm(const QueryForm& form)
{
    m_form = form;
    showForm();
    Q_EMIT formChanged();
}

void QueryPanel::setAttributes(const QHash<QString, Type>& attributes)
{
    m_attributes = attributes;
}

void QueryPanel::setProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void QueryPanel::change(std::function<void(QueryForm&)> edit)
{
    if (m_showing)
        return;
    edit(m_form);
    showForm();
    Q_EMIT formChanged();
}

void QueryPanel::showForm()
{
    if (m_schema.sources.isEmpty())
        return;
    const QScopedValueRollback guard(m_showing, true);
    m_mode->setCurrent(m_form.scan ? 1 : 0);
    m_source->setCurrentIndex(std::max(0, m_source->findData(m_form.index)));
    const auto reason = strongReadProblem(m_form, m_schema);
    m_strong->setEnabled(reason.isEmpty());
    m_strong->setToolTip(
        reason.isEmpty() ? tr("Reads what was written before; costs twice as much") : reason);
    m_strong->setChecked(m_form.strong && reason.isEmpty());
    m_order->setCurrent(m_form.newestFirst ? 0 : 1);
    m_join->setCurrent(m_form.any ? 1 : 0);
    m_join->setVisible(m_form.filters.size() > 1);
    m_limit->setValue(m_form.limit);
    QList<kit::ChipText> chips;
    for (const auto& each : m_form.filters)
        chips.append(filterChip(each));
    m_filters->setChips(chips);
    showKeyRow();
    setProblem({});
}

void QueryPanel::showKeyRow()
{
    const auto& source = m_schema.source(m_form.index);
    const auto partitions = source.partitions();
    const auto sorts = source.sorts();
    const auto conditions = m_form.sorts();
    m_keys->setVisible(!m_form.scan);
    m_scanNote->setVisible(m_form.scan);
    m_and->setVisible(!sorts.isEmpty());
    m_order->setVisible(!sorts.isEmpty());
    for (int at = 0; at < kMostKeyParts; ++at) {
        m_partitions[at]->setVisible(at < partitions.size());
        if (at < partitions.size()) {
            const auto& key = partitions[at];
            const auto value = m_form.partitionValue(at);
            m_partitions[at]->setChip({u"key"_s, key.name, {}, u"="_s,
                value.isEmpty() ? tr("value") : literal({key.type, value, {}, {}}),
                value.isEmpty() ? kit::Tone(kit::Token::T3) : toneOf(key.type), true, true});
        }
        // The next one can be asked of once those before it are fixed.
        const bool offered =
            at < sorts.size() && (at == 0 || (at <= conditions.size() && conditions[at - 1].op == Op::Equal));
        m_sorts[at]->setVisible(offered);
        if (offered)
            showSortChip(
                at, sorts[at], at < conditions.size() ? std::optional(conditions[at]) : std::nullopt);
    }
}

void QueryPanel::showSortChip(int at, const KeyPart& key, const std::optional<Condition>& condition)
{
    if (condition)
        m_sorts[at]->setChip({u"sort"_s, key.name, {}, opText(condition->op), shown(*condition),
            toneOf(key.type), true, false});
    else
        m_sorts[at]->setChip({u"sort"_s, key.name, {}, tr("any"), {}, kit::Token::T3, false, true});
}

void QueryPanel::openEditor(const Condition& condition, const ConditionEditor::Limits& limits,
    QWidget* anchor, std::function<void(const std::optional<Condition>&)> done)
{
    auto* editor = new ConditionEditor(condition, limits);
    m_popover->setContent(editor);
    connect(editor, &ConditionEditor::applied, this, [this, done](const Condition& made) {
        m_popover->close();
        done(made);
    });
    connect(editor, &ConditionEditor::removed, this, [this, done] {
        m_popover->close();
        done(std::nullopt);
    });
    m_popover->openAt(anchor);
    editor->setFocus(Qt::PopupFocusReason);
}

void QueryPanel::editPartition(int at)
{
    const auto key = m_schema.source(m_form.index).partitions().value(at);
    ConditionEditor::Limits limits;
    limits.ops = {Op::Equal};
    limits.fixed = true;
    openEditor({key.name, Op::Equal, key.type, {m_form.partitionValue(at)}}, limits, m_partitions[at],
        [this, at](const std::optional<Condition>& made) {
            change([&](QueryForm& form) {
                form.setPartitionValue(at, made ? made->values.value(0) : QString());
            });
        });
}

void QueryPanel::editSort(int at)
{
    const auto key = m_schema.source(m_form.index).sorts().value(at);
    const auto conditions = m_form.sorts();
    ConditionEditor::Limits limits;
    limits.ops = sortKeyOps(key.type);
    limits.fixed = true;
    limits.removable = at < conditions.size();
    Condition condition{key.name, key.type == Type::N ? Op::Equal : Op::BeginsWith, key.type, {}};
    if (at < conditions.size()) {
        condition.op = conditions[at].op;
        condition.values = conditions[at].values;
    }
    openEditor(condition, limits, m_sorts[at], [this, at](const std::optional<Condition>& made) {
        change([&](QueryForm& form) { form.setSort(at, made); });
    });
}

void QueryPanel::editFilter(int index)
{
    ConditionEditor::Limits limits;
    limits.ops = filterOps();
    limits.types = m_attributes;
    limits.attributes = m_attributes.keys();
    limits.attributes.sort();
    limits.removable = index >= 0;
    auto* anchor = index >= 0 ? static_cast<QWidget*>(m_filters->chip(index)) : m_filters->addChip();
    openEditor(index >= 0 ? m_form.filters.value(index) : Condition(), limits, anchor,
        [this, index](const std::optional<Condition>& made) {
            change([&](QueryForm& form) {
                if (index < 0)
                    form.filters.append(*made);
                else if (made)
                    form.filters[index] = *made;
                else
                    form.filters.removeAt(index);
            });
        });
}

}
