#include "core/apigateway/api_clone.h"

#include "core/base/ids.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

using Renamed = std::map<std::string, std::string>; // ids of the source → those of the clone

std::string renamed(const Renamed& ids, const std::string& id)
{
    const auto found = ids.find(id);
    return found == ids.end() ? id : found->second;
}

template <typename Noun>
Renamed cloneById(const std::map<std::string, Noun>& from, std::map<std::string, Noun>& into)
{
    Renamed ids;
    for (const auto& [id, noun] : from) {
        auto copy = noun;
        copy.id = randomLower(6);
        ids[id] = copy.id;
        into[copy.id] = std::move(copy);
    }
    return ids;
}

// Schemas name other models by the address of their API.
void cloneModels(const RestApi& source, RestApi& into)
{
    const auto before = "/restapis/" + source.id + "/models/";
    const auto now = "/restapis/" + into.id + "/models/";
    for (const auto& [name, model] : source.models) {
        auto copy = model;
        copy.id = randomLower(6);
        copy.schema = replaceAll(std::move(copy.schema), before, now);
        into.models[name] = std::move(copy);
    }
}

struct Ids {
    Renamed resources;
    Renamed authorizers;
    Renamed validators;
};

Resource cloned(const Resource& resource, const Ids& ids)
{
    auto copy = resource;
    copy.id = renamed(ids.resources, resource.id);
    copy.parentId = renamed(ids.resources, resource.parentId);
    for (auto& [name, method] : copy.methods) {
        method.authorizerId = renamed(ids.authorizers, method.authorizerId);
        method.requestValidatorId = renamed(ids.validators, method.requestValidatorId);
        if (method.integration)
            method.integration->cacheNamespace = renamed(ids.resources, method.integration->cacheNamespace);
    }
    return copy;
}

}

void cloneDefinition(const RestApi& source, RestApi& into)
{
    into.models.clear();
    cloneModels(source, into);
    Ids ids;
    ids.authorizers = cloneById(source.authorizers, into.authorizers);
    ids.validators = cloneById(source.validators, into.validators);
    into.gatewayResponses = source.gatewayResponses;
    into.documentation = source.documentation;
    if (into.binaryMediaTypes.empty())
        into.binaryMediaTypes = source.binaryMediaTypes;
    if (!into.minimumCompressionSize)
        into.minimumCompressionSize = source.minimumCompressionSize;
    for (const auto& [id, resource] : source.resources)
        ids.resources[id] = id == source.rootResourceId ? into.rootResourceId : randomLower(6);
    into.resources.clear();
    for (const auto& [id, resource] : source.resources) {
        auto copy = cloned(resource, ids);
        auto copyId = copy.id;
        into.resources.emplace(std::move(copyId), std::move(copy));
    }
}

}
