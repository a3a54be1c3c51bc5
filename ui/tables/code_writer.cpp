#include "ui/tables/code_writer.h"

#include <nlohmann/json.hpp>

namespace ui::tables {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

QString quoted(const QString& text)
{
    return QString::fromStdString(json(text.toStdString()).dump());
}

bool isWhole(const QString& number)
{
    return std::all_of(number.begin(), number.end(), [&](QChar c) { return c.isDigit(); })
        && (number.size() == 1 || number.front() != u'0');
}

QString pythonValue(Type type, const QString& text)
{
    switch (type) {
    case Type::N:
        return isWhole(text) ? text : u"Decimal(\"%1\")"_s.arg(text);
    case Type::B:
        return u"base64.b64decode(\"%1\")"_s.arg(text);
    case Type::Bool:
        return text == u"true"_s ? u"True"_s : u"False"_s;
    case Type::Null:
        return u"None"_s;
    default:
        return quoted(text);
    }
}

const char* pythonMethod(Op op)
{
    switch (op) {
    case Op::Equal:
        return "eq";
    case Op::NotEqual:
        return "ne";
    case Op::Less:
        return "lt";
    case Op::LessOrEqual:
        return "lte";
    case Op::Greater:
        return "gt";
    case Op::GreaterOrEqual:
        return "gte";
    case Op::Between:
        return "between";
    case Op::BeginsWith:
        return "begins_with";
    case Op::Contains:
        return "contains";
    case Op::In:
        return "is_in";
    case Op::Exists:
        return "exists";
    case Op::NotExists:
        return "not_exists";
    case Op::HasType:
        return "attribute_type";
    }
    return "eq";
}

QString pythonCondition(const char* kind, const Condition& condition)
{
    QStringList values;
    for (const auto& each : condition.values)
        values.append(pythonValue(condition.op == Op::HasType ? Type::S : condition.type, each));
    const auto most = valueCount(condition.op);
    if (most >= 0)
        values = values.first(std::min<qsizetype>(values.size(), most));
    const auto joined = values.join(u", "_s);
    return u"%1(%2).%3(%4)"_s.arg(QLatin1String(kind), quoted(condition.attribute),
        QLatin1String(pythonMethod(condition.op)), condition.op == Op::In ? u'[' + joined + u']' : joined);
}

QString python(const QueryForm& form, const TableSchema& schema, const json& request)
{
    const auto& source = schema.source(form.index);
    QStringList conditions;
    QString body;
    const auto argument = [&](const QString& name, const QString& value) {
        body += u"    %1=%2,\n"_s.arg(name, value);
    };
    const auto expression = [&](const QString& name, const QString& joiner) {
        if (!conditions.isEmpty())
            body += u"    %1=\n        %2,\n"_s.arg(name, conditions.join(u"\n        "_s + joiner));
        conditions.clear();
    };
    if (!source.name.isEmpty())
        argument(u"IndexName"_s, quoted(source.name));
    if (!form.scan) {
        for (const auto& each : keyConditions(form, source))
            conditions.append(pythonCondition("Key", each));
        expression(u"KeyConditionExpression"_s, u"& "_s);
    }
    for (const auto& each : form.filters)
        conditions.append(pythonCondition("Attr", each));
    expression(u"FilterExpression"_s, form.any ? u"| "_s : u"& "_s);
    if (request.contains("ScanIndexForward"))
        argument(u"ScanIndexForward"_s, u"False"_s);
    if (form.limit > 0)
        argument(u"Limit"_s, QString::number(form.limit));
    if (request.contains("ConsistentRead"))
        argument(u"ConsistentRead"_s, u"True"_s);
    argument(u"ReturnConsumedCapacity"_s, u"\"INDEXES\""_s);

    QString imports;
    if (body.contains(u"base64."_s))
        imports += u"import base64\n"_s;
    if (body.contains(u"Decimal("_s))
        imports += u"from decimal import Decimal\n"_s;
    if (!imports.isEmpty())
        imports += u'\n';
    imports += u"import boto3\n"_s;
    QStringList kinds;
    if (body.contains(u"Attr("_s))
        kinds.append(u"Attr"_s);
    if (!form.scan)
        kinds.append(u"Key"_s);
    if (!kinds.isEmpty())
        imports += u"from boto3.dynamodb.conditions import %1\n"_s.arg(kinds.join(u", "_s));
    return imports
        + u"\ntable = boto3.resource(\"dynamodb\").Table(%1)\n\nresp = table.%2(\n%3)\nitems = resp[\"Items\"]\n"_s
              .arg(quoted(schema.name), form.action().toLower(), body);
}

QString javaScriptValue(const json& value, int depth)
{
    if (!value.is_object())
        return QString::fromStdString(value.dump());
    const bool isBinary = value.size() == 1 && value.contains("B") && value["B"].is_string();
    if (isBinary)
        return u"{ B: Buffer.from(%1, \"base64\") }"_s.arg(QString::fromStdString(value["B"].dump()));
    const bool inLine = value.size() == 1 && !value.begin()->is_object();
    const auto space = QString(depth * 2 + 2, u' ');
    QStringList members;
    for (const auto& [name, member] : value.items()) {
        const auto key = QString::fromStdString(name);
        const bool plain = key.front().isLetter();
        members.append((plain ? key : quoted(key)) + u": "_s + javaScriptValue(member, depth + 1));
    }
    if (inLine)
        return u"{ %1 }"_s.arg(members.first());
    return u"{\n"_s + space + members.join(u",\n"_s + space) + u",\n"_s + QString(depth * 2, u' ') + u'}';
}

QString javaScript(const QueryForm& form, const json& request)
{
    return u"import { DynamoDBClient, %1Command } from \"@aws-sdk/client-dynamodb\";\n\n"
           "const client = new DynamoDBClient({});\n\n"
           "const response = await client.send(new %1Command(%2));\nconst items = response.Items;\n"_s.arg(
               form.action(), javaScriptValue(request, 0));
}

QString shellQuoted(QString text)
{
    const bool plain = std::all_of(
        text.begin(), text.end(), [](QChar c) { return c.isLetterOrNumber() || u"_-."_s.contains(c); });
    return plain && !text.isEmpty() ? text : u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString commandLine(const QueryForm& form, const json& request)
{
    static constexpr std::pair<const char*, const char*> kOptions[] = {{"TableName", "table-name"},
        {"IndexName", "index-name"}, {"KeyConditionExpression", "key-condition-expression"},
        {"FilterExpression", "filter-expression"}, {"ExpressionAttributeNames", "expression-attribute-names"},
        {"ExpressionAttributeValues", "expression-attribute-values"},
        {"ScanIndexForward", "scan-index-forward"}, {"Limit", "limit"}, {"ConsistentRead", "consistent-read"},
        {"ReturnConsumedCapacity", "return-consumed-capacity"}};
    QStringList parts{u"aws dynamodb "_s + form.action().toLower()};
    for (const auto& [member, option] : kOptions) {
        const auto found = request.find(member);
        if (found == request.end())
            continue;
        const auto flag = QLatin1String(option);
        if (found->is_boolean())
            parts.append((found->get<bool>() ? u"--"_s : u"--no-"_s) + flag);
        else
            parts.append(u"--%1 %2"_s.arg(flag,
                shellQuoted(
                    QString::fromStdString(found->is_string() ? found->get<std::string>() : found->dump()))));
    }
    return parts.join(u" \\\n    "_s) + u'\n';
}

}

core::Result<QString> writeCode(CodeFlavour flavour, const QueryForm& form, const TableSchema& schema)
{
    CORE_TRY(const auto request, buildRequest(form, schema));
    switch (flavour) {
    case CodeFlavour::Python:
        return python(form, schema, request);
    case CodeFlavour::JavaScript:
        return javaScript(form, request);
    case CodeFlavour::Cli:
        break;
    }
    return commandLine(form, request);
}

}
