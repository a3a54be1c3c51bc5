#include "ui/cdn/invalidation_panel.h"

#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui::cdn {

using namespace Qt::StringLiterals;
using kit::theme;

InvalidationPanel::InvalidationPanel(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"cdnInvalidation"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new kit::SectionHeader(tr("Invalidate")));
    layout->addWidget(kit::hline());
    auto* form = new QVBoxLayout;
    form->setContentsMargins(12, 10, 12, 10);
    form->setSpacing(8);
    m_pattern = new QLineEdit(u"/*"_s);
    m_pattern->setObjectName(u"cdnPattern"_s);
    m_pattern->setFont(theme().font(kit::TextRole::Value));
    m_row = new kit::FormRow(tr("Path"), m_pattern);
    m_matches = kit::label({}, u"secondary"_s);
    m_matches->setObjectName(u"cdnMatches"_s);
    m_matches->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    m_invalidate = kit::button(tr("Invalidate"), kit::ButtonRole::Primary);
    m_invalidate->setObjectName(u"cdnInvalidate"_s);
    m_show = kit::button(tr("Show them"));
    m_show->setObjectName(u"cdnShowMatches"_s);
    buttons->addWidget(m_invalidate);
    buttons->addWidget(m_show);
    buttons->addStretch();
    form->addWidget(m_row);
    form->addWidget(m_matches);
    form->addLayout(buttons);
    layout->addLayout(form);
    layout->addWidget(kit::hline());
    m_recentTitle = kit::label(tr("Recent"), u"caption"_s);
    m_recentTitle->setContentsMargins(12, 8, 12, 4);
    layout->addWidget(m_recentTitle);
    m_recent = new QVBoxLayout;
    m_recent->setContentsMargins(12, 0, 12, 8);
    m_recent->setSpacing(8);
    layout->addLayout(m_recent);
    layout->addStretch();
    connect(m_pattern, &QLineEdit::textChanged, this, &InvalidationPanel::patternChanged);
    connect(m_invalidate, &QPushButton::clicked, this, &InvalidationPanel::invalidateRequested);
    connect(m_show, &QPushButton::clicked, this, &InvalidationPanel::showRequested);
}

QString InvalidationPanel::pattern() const
{
    return m_pattern->text().trimmed();
}

void InvalidationPanel::showMatches(const Matches& matches)
{
    const auto star = pattern().indexOf(u'*');
    const bool valid = pattern().startsWith(u'/') && (star < 0 || star == pattern().size() - 1);
    m_row->setError(valid ? QString() : tr("A path begins with / and may end with one *."));
    m_invalidate->setEnabled(valid);
    m_show->setEnabled(valid && matches.entries > 0);
    m_invalidate->setText(tr("Invalidate %n", nullptr, matches.entries));
    if (matches.entries == 0)
        return m_matches->setText(tr("Matches nothing that is stored now."));
    auto words = tr("Matches %n stored answer(s)", nullptr, matches.entries) + u' '
        + tr("in %n edge(s).", nullptr, matches.edges);
    if (matches.stale > 0)
        words += u' ' + tr("%n of them stale already.", nullptr, matches.stale);
    m_matches->setText(words);
}

void InvalidationPanel::setRecent(const QList<InvalidationRow>& recent)
{
    while (auto* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_recentTitle->setText(recent.isEmpty() ? tr("None yet") : tr("Recent"));
    for (const auto& row : recent) {
        auto* line = new QWidget;
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        auto* path = kit::label(row.paths, u"mono"_s);
        path->setToolTip(row.id);
        layout->addWidget(path, 1);
        layout->addWidget(kit::label(row.time, u"number"_s));
        m_recent->addWidget(line);
    }
}

void InvalidationPanel::setError(const QString& message)
{
    m_row->setError(message);
}

}
