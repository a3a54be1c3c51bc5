#include "ui/api/integration_editor.h"

#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;

namespace {

constexpr IntegrationKind kKinds[] = {IntegrationKind::Lambda, IntegrationKind::Http, IntegrationKind::Mock};

int indexOf(IntegrationKind kind)
{
    for (int i = 0; i < 3; ++i) {
        if (kKinds[i] == kind)
            return i;
    }
    return 0;
}

}

IntegrationEditor::IntegrationEditor(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"apiIntegration"_s);
    buildForm();
    buildButtons();
    connect(m_kind, &kit::Segments::currentChanged, this, [this] {
        showKind();
        showState();
    });
    connect(m_function, &QComboBox::currentIndexChanged, this, &IntegrationEditor::showState);
    connect(m_uri, &QLineEdit::textChanged, this, &IntegrationEditor::showState);
    connect(m_httpMethod, &QComboBox::currentIndexChanged, this, &IntegrationEditor::showState);
    connect(m_status, &QSpinBox::valueChanged, this, &IntegrationEditor::showState);
    connect(m_timeout, &QSpinBox::valueChanged, this, &IntegrationEditor::showState);
    connect(m_discard, &QPushButton::clicked, this, [this] { show(m_stored); });
    const auto apply = [this] {
        if (check())
            Q_EMIT applyRequested(value());
    };
    connect(m_apply, &QPushButton::clicked, this, apply);
    connect(m_uri, &QLineEdit::returnPressed, this, apply);
}

void IntegrationEditor::buildForm()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(10);
    m_kind = new kit::Segments({tr("Function"), tr("HTTP"), tr("Mock")}, true);
    m_kind->setObjectName(u"apiIntegrationKind"_s);
    m_kind->segment(0)->setObjectName(u"apiKindFunction"_s);
    m_kind->segment(1)->setObjectName(u"apiKindHttp"_s);
    m_kind->segment(2)->setObjectName(u"apiKindMock"_s);
    m_function = new QComboBox;
    m_function->setObjectName(u"apiFunction"_s);
    m_function->setAccessibleName(tr("Function"));
    m_uri = new QLineEdit;
    m_uri->setObjectName(u"apiUri"_s);
    m_uri->setAccessibleName(tr("Address"));
    m_uri->setProperty("mono", true);
    m_uri->setPlaceholderText(u"https://example.com/books/{isbn}"_s);
    m_httpMethod = new QComboBox;
    m_httpMethod->setObjectName(u"apiHttpMethod"_s);
    m_httpMethod->setAccessibleName(tr("Method of the call"));
    m_httpMethod->addItems(
        {u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s, u"ANY"_s});
    m_status = new QSpinBox;
    m_status->setObjectName(u"apiMockStatus"_s);
    m_status->setAccessibleName(tr("Status of the answer"));
    m_status->setRange(100, 599);
    m_timeout = new QSpinBox;
    m_timeout->setObjectName(u"apiTimeout"_s);
    m_timeout->setAccessibleName(tr("Timeout"));
    m_timeout->setRange(50, 29'000);
    m_timeout->setSingleStep(500);
    m_timeout->setSuffix(tr(" ms"));
    m_functionRow = new kit::FormRow(tr("Function"), m_function);
    m_uriRow = new kit::FormRow(tr("Address"), m_uri);
    m_timeoutRow = new kit::FormRow(tr("Timeout"), m_timeout);
    m_pages = {page({m_functionRow}), page({m_uriRow, new kit::FormRow(tr("Called with"), m_httpMethod)}),
        page({new kit::FormRow(tr("Status"), m_status)})};
    layout->addWidget(m_kind);
    for (auto* each : std::as_const(m_pages))
        layout->addWidget(each);
    layout->addWidget(m_timeoutRow);
}

void IntegrationEditor::buildButtons()
{
    auto* layout = static_cast<QVBoxLayout*>(this->layout());
    m_error = new kit::ErrorCard;
    m_error->setObjectName(u"apiIntegrationError"_s);
    m_error->hide();
    m_apply = kit::button(tr("Apply"), kit::ButtonRole::Default, u"check"_s, true);
    m_apply->setObjectName(u"apiApplyIntegration"_s);
    m_discard = kit::button(tr("Discard"), kit::ButtonRole::Quiet, {}, true);
    m_discard->setObjectName(u"apiDiscardIntegration"_s);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_discard);
    buttons->addWidget(m_apply);
    layout->addWidget(m_error);
    layout->addLayout(buttons);
}

QWidget* IntegrationEditor::page(const QList<QWidget*>& rows)
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    for (auto* row : rows)
        layout->addWidget(row);
    return page;
}

void IntegrationEditor::setFunctions(const QList<FunctionRow>& functions)
{
    const QSignalBlocker blocker(m_function);
    const auto chosen = m_function->currentData();
    m_function->clear();
    for (const auto& each : functions)
        m_function->addItem(each.name, each.arn);
    m_function->setCurrentIndex(m_function->findData(chosen));
}

void IntegrationEditor::setIntegration(const Route& route, const IntegrationValue& value)
{
    const bool keep = route == m_route && isEdited();
    m_route = route;
    m_stored = value;
    if (keep)
        showState();
    else
        show(value);
}

void IntegrationEditor::show(const IntegrationValue& value)
{
    m_error->hide();
    m_uriRow->setError({});
    m_functionRow->setError({});
    m_kind->setCurrent(indexOf(value.kind));
    if (!value.functionArn.isEmpty() && m_function->findData(value.functionArn) < 0)
        m_function->addItem(tr("%1 (does not exist)").arg(value.function), value.functionArn);
    m_function->setCurrentIndex(m_function->findData(value.functionArn));
    m_uri->setText(value.kind == IntegrationKind::Http ? value.uri : QString());
    m_httpMethod->setCurrentText(value.kind == IntegrationKind::Http ? value.httpMethod
            : m_route.method.isEmpty()                               ? u"GET"_s
                                                                     : m_route.method);
    m_status->setValue(value.kind == IntegrationKind::Mock ? value.mockStatus : 200);
    m_timeout->setValue(value.timeout);
    showKind();
    showState();
}

void IntegrationEditor::showKind()
{
    for (qsizetype i = 0; i < m_pages.size(); ++i)
        m_pages[i]->setVisible(i == m_kind->current());
    m_timeoutRow->setVisible(kKinds[m_kind->current()] != IntegrationKind::Mock);
}

IntegrationValue IntegrationEditor::value() const
{
    IntegrationValue value;
    value.kind = kKinds[std::max(0, m_kind->current())];
    value.timeout = value.kind == IntegrationKind::Mock ? m_stored.timeout : m_timeout->value();
    if (value.kind == IntegrationKind::Lambda) {
        value.functionArn = m_function->currentData().toString();
        value.function = m_function->currentText();
    } else if (value.kind == IntegrationKind::Http) {
        value.uri = m_uri->text().trimmed();
        value.httpMethod = m_httpMethod->currentText();
    } else {
        value.mockStatus = m_status->value();
    }
    return value;
}

bool IntegrationEditor::isEdited() const
{
    if (m_stored.kind == IntegrationKind::None)
        return m_route.isMethod() && m_apply->isEnabled() && value().kind != IntegrationKind::Lambda;
    const auto now = value();
    if (now.kind != m_stored.kind)
        return true;
    switch (now.kind) {
    case IntegrationKind::Lambda:
        return now.functionArn != m_stored.functionArn || now.timeout != m_stored.timeout;
    case IntegrationKind::Http:
        return now.uri != m_stored.uri || now.httpMethod != m_stored.httpMethod
            || now.timeout != m_stored.timeout;
    default:
        return now.mockStatus != m_stored.mockStatus;
    }
}

void IntegrationEditor::showState()
{
    const bool edited = isEdited() || m_stored.kind == IntegrationKind::None;
    m_apply->setEnabled(edited);
    m_apply->setToolTip(edited ? tr("Puts this integration; undo brings the one before back")
                               : tr("Nothing is changed here"));
    m_discard->setEnabled(edited);
    m_uriRow->setError({});
    m_functionRow->setError({});
}

bool IntegrationEditor::check()
{
    const auto now = value();
    if (now.kind == IntegrationKind::Lambda && now.functionArn.isEmpty()) {
        m_functionRow->setError(m_function->count()
                ? tr("Choose the function that answers")
                : tr("There is no function yet; create one in Functions"));
        return false;
    }
    if (now.kind == IntegrationKind::Http && !now.uri.startsWith("http://"_L1)
        && !now.uri.startsWith("https://"_L1)) {
        m_uriRow->setError(tr("An address begins with http:// or https://"));
        return false;
    }
    return true;
}

void IntegrationEditor::setResult(const core::Result<>& result)
{
    m_error->setVisible(!result);
    if (result)
        m_stored = value(); // what comes next from the chamber is the same
    else
        m_error->setError(result.error());
    showState();
}

}
