#include "ui/api/pipeline_view.h"

#include "core/apigateway/pipeline.h"

#include <QUrl>

namespace ui::api {

using namespace Qt::StringLiterals;

namespace {

void describeRoute(Stage& stage, const ResourceValue& resource)
{
    stage.icon = u"api"_s;
    const auto names = pathParameters(resource.path);
    stage.detail = names.isEmpty() ? resource.path : names.join(u", "_s);
}

void describeAuthorization(Stage& stage, const MethodValue& method)
{
    stage.icon = u"shield"_s;
    stage.off = method.authorizationType == "NONE"_L1;
    stage.detail = stage.off ? PipelineView::tr("Off, open to all") : method.authorizationType;
}

void describeKey(Stage& stage, const MethodValue& method)
{
    stage.icon = u"shield"_s;
    stage.off = !method.apiKeyRequired;
    stage.detail = stage.off ? PipelineView::tr("Off, not needed") : PipelineView::tr("Required");
}

void describeValidation(Stage& stage, const MethodValue& method)
{
    stage.icon = u"check"_s;
    stage.off = method.validatorId.isEmpty();
    stage.detail = stage.off ? PipelineView::tr("Off, takes all") : PipelineView::tr("Parameters and body");
}

void describeMapping(Stage& stage, const QStringList& mappings, bool proxy)
{
    stage.icon = u"sort"_s;
    stage.off = mappings.isEmpty();
    stage.detail = !stage.off ? mappings.first()
        : proxy               ? PipelineView::tr("Off, passes all")
                              : PipelineView::tr("Off");
}

void describeShared(Stage& stage, const QString& detail)
{
    stage.shared = true;
    stage.detail = detail;
}

void describeIntegration(Stage& stage, const IntegrationValue& value)
{
    stage.integration = true;
    const auto timeout = PipelineView::tr("Timeout %1 s").arg(double(value.timeout) / 1000);
    switch (value.kind) {
    case IntegrationKind::Lambda:
        stage.icon = u"fn"_s;
        stage.hue = kit::Hue::Fn;
        stage.detail = value.function;
        stage.more = {PipelineView::tr("Function, proxy"), timeout};
        break;
    case IntegrationKind::Http:
        stage.icon = u"globe"_s;
        stage.detail = QUrl(value.uri).host().isEmpty() ? value.uri : QUrl(value.uri).host();
        stage.more = {PipelineView::tr("HTTP, proxy"), timeout, value.httpMethod + u' ' + value.uri};
        break;
    case IntegrationKind::Mapped:
        stage.icon = value.type == "AWS"_L1 ? u"bolt"_s : u"globe"_s;
        stage.detail = value.target;
        stage.more = {PipelineView::tr("%1, mapped").arg(value.type), timeout, value.uri};
        break;
    case IntegrationKind::Mock:
        stage.icon = u"cube"_s;
        stage.detail = PipelineView::tr("Answers %1").arg(value.mockStatus);
        stage.more = {PipelineView::tr("Mock, nothing is called")};
        break;
    case IntegrationKind::None:
        stage.icon = u"plus"_s;
        stage.off = true;
        stage.detail = PipelineView::tr("Nothing yet");
        stage.more = {PipelineView::tr("Choose what answers")};
        break;
    }
}

}

QList<Stage> stagesOf(const ResourceValue& resource, const MethodValue& method)
{
    const auto& integration = method.integration;
    const bool proxy =
        integration.kind == IntegrationKind::Lambda || integration.kind == IntegrationKind::Http;
    QList<Stage> stages;
    for (const auto& step : core::apigateway::restPipeline()) {
        Stage stage;
        stage.title = QString::fromUtf8(step.title.data(), qsizetype(step.title.size()));
        if (step.title == "Match route")
            describeRoute(stage, resource);
        else if (step.title == "Authorize")
            describeAuthorization(stage, method);
        else if (step.title == "API key")
            describeKey(stage, method);
        else if (step.title == "Throttle")
            describeShared(stage, PipelineView::tr("Rates and quota"));
        else if (step.title == "Cache" || step.title == "Keep in cache")
            describeShared(stage, PipelineView::tr("By the stage"));
        else if (step.title == "Validate")
            describeValidation(stage, method);
        else if (step.title == "Map request")
            describeMapping(stage, integration.requestMappings, proxy);
        else if (step.title == "Integrate")
            describeIntegration(stage, integration);
        else if (step.title == "Map response")
            describeMapping(stage, proxy ? QStringList() : integration.responseMappings, proxy);
        if (stage.icon.isEmpty())
            stage.icon = u"list"_s;
        stages.append(stage);
    }
    return stages;
}

}
