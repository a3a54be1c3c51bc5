#include "core/apigateway/vtl/json_value.h"
#include "core/apigateway/vtl/renderer.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <filesystem>
#include <fstream>

using nlohmann::json;
using namespace core::apigateway::vtl;

namespace {

json dataFile(const char* name)
{
    const auto path = std::filesystem::path(places::source("tests/core/apigateway/data")) / name;
    std::ifstream stream(path);
    auto data = json::parse(stream, nullptr, false);
    if (data.is_discarded())
        qFatal("%s is not readable", path.c_str());
    return data;
}

// The variables that the cases of velocity.json speak of.
Variables standard(Heap& heap)
{
    Variables variables;
    variables["name"] = "World";
    variables["n"] = 7;
    variables["d"] = 2.5;
    variables["t"] = true;
    variables["f"] = false;
    variables["empty"] = "";
    variables["list"] = heap.list({"a", "b", "c"});
    auto* inner = heap.map();
    inner->put("x", "y");
    auto* map = heap.map();
    map->put("k", "v");
    map->put("num", 3);
    map->put("in", inner);
    variables["map"] = map;
    return variables;
}

QString rendered(const std::string& text, Undefined undefined, const Limits& limits = {})
{
    const auto parsed = Template::parse(text);
    if (!parsed)
        return "error";
    Heap heap;
    auto variables = standard(heap);
    const auto result = parsed->render(variables, heap, limits, undefined);
    return result ? QString::fromStdString(*result) : "error";
}

}

class TstVtl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void template_rendersAsVelocity_data();
    void template_rendersAsVelocity();
    void undefined_isEmptyText_data();
    void undefined_isEmptyText();
    void foreach_stopsAtItsQuota();
    void bounds_endTheRendering_data();
    void bounds_endTheRendering();
    void jsonLists_printAsJson();
    void syntaxError_namesThePlace();
    void listThatHoldsItself_isGivenBack();
};

void TstVtl::template_rendersAsVelocity_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("expected");
    for (const auto& entry : dataFile("velocity.json")) {
        const auto source = entry.at("template").get<std::string>();
        QTest::newRow(source.c_str())
            << QString::fromStdString(source) << QString::fromStdString(entry.value("text", "error"));
    }
}

// The expected texts are what Apache Velocity 1.7 itself made of these templates.
void TstVtl::template_rendersAsVelocity()
{
    QFETCH(QString, source);
    QFETCH(QString, expected);
    QCOMPARE(rendered(source.toStdString(), Undefined::Source), expected);
}

void TstVtl::undefined_isEmptyText_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("expected");
    QTest::newRow("reference") << "[$nope][${nope.x}][$map.nope][$name.foo()]"
                               << "[][][][]";
    QTest::newRow("set") << "#set($x = $nope)[$x]"
                         << "[]";
    QTest::newRow("compare") << "#if($nope == '')a#end#if($nope == $null)b#end#if($nope)c#end#if(!$nope)d#end"
                             << "abc";
    QTest::newRow("interpolated") << "#set($x = \"<$nope>\")$x"
                                  << "<>";
    QTest::newRow("added") << "#set($x = $nope + 'a')$x"
                           << "a";
    QTest::newRow("void method") << "$map.put('q', 1)$map.q"
                                 << "1";
    QTest::newRow("unfinished") << "${name"
                                << "error";
    QTest::newRow("plain dollar") << "costs $5"
                                  << "costs $5";
}

void TstVtl::undefined_isEmptyText()
{
    QFETCH(QString, source);
    QFETCH(QString, expected);
    QCOMPARE(rendered(source.toStdString(), Undefined::EmptyText), expected);
}

void TstVtl::foreach_stopsAtItsQuota()
{
    QCOMPARE(rendered("#foreach($i in [1..5000])#set($last = $i)#end$last", Undefined::EmptyText), "1000");
}

void TstVtl::bounds_endTheRendering_data()
{
    QTest::addColumn<QString>("source");
    QTest::newRow("range") << "#set($x = [1..999999999])";
    QTest::newRow("steps")
        << "#foreach($i in [1..1000])#foreach($j in [1..1000])#foreach($k in [1..1000])x#end#end#end";
    QTest::newRow("text") << "#set($s = 'xxxxxxxxxxxxxxxx')#foreach($i in [1..40])#set($s = $s + $s)#end";
    QTest::newRow("recursion") << "#macro(r)#r()#end#r()";
    QTest::newRow("define") << "#define($a)$a#end$a";
    QTest::newRow("evaluate") << "#set($e = '#evaluate($e)')#evaluate($e)";
    QTest::newRow("repeat") << "$name.repeat(2000000000)";
    QTest::newRow("self") << "$map.put('m', $map)$map";
    QTest::newRow("regex") << "#set($s = "
                              "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')$s.matches('(a|a)*c|(aa|a)*d|((a*)"
                              "*)*e')$name.substring(9)";
}

void TstVtl::bounds_endTheRendering()
{
    QFETCH(QString, source);
    QCOMPARE(rendered(source.toStdString(), Undefined::EmptyText), "error");
}

void TstVtl::jsonLists_printAsJson()
{
    Heap heap;
    Variables variables;
    variables["j"] = *parseJson(R"({"a":1,"b":[{"c":5.0,"s":"x\"y"}],"n":null})", heap);
    const auto parsed = Template::parse("$j $j.b $j.b[0] #foreach($e in $j.b)$e.c#end $j.n|$j.b.size()");
    const auto text = parsed->render(variables, heap);
    QCOMPARE(QString::fromStdString(*text),
        R"({a=1, b=[{"c":5.0,"s":"x\"y"}], n=null} [{"c":5.0,"s":"x\"y"}] {c=5.0, s=x"y} 5.0 |1)");
}

void TstVtl::syntaxError_namesThePlace()
{
    const auto parsed = Template::parse("line\n#if($a");
    QVERIFY(!parsed);
    QCOMPARE(QString::fromStdString(parsed.error().message), "Encountered \"<EOF>\" at [line 2, column 7]");
}

// Under AddressSanitizer this fails when a cycle keeps its memory.
void TstVtl::listThatHoldsItself_isGivenBack()
{
    QCOMPARE(rendered("#set($l = [])#set($q = $l.add($l))$l.size()", Undefined::EmptyText), "1");
}

CHAMBER_SUITE(TstVtl, "tst_vtl")
#include "tst_vtl.moc"
