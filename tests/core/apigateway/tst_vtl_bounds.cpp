#include "core/apigateway/vtl/java_text.h"
#include "core/apigateway/vtl/renderer.h"
#include "tests/support/suites.h"

#include <QElapsedTimer>
#include <QTest>

using namespace core::apigateway::vtl;

namespace {

std::string times(std::string_view text, int count)
{
    std::string result;
    for (int i = 0; i < count; ++i)
        result += text;
    return result;
}

// The text, or the error's code.
QString rendered(const std::string& text, const Limits& limits = {})
{
    const auto parsed = Template::parse(text);
    if (!parsed)
        return QString::fromStdString(parsed.error().code);
    Heap heap;
    Variables variables;
    const auto result = parsed->render(variables, heap, limits);
    return QString::fromStdString(result ? *result : result.error().code);
}

}

// Templates made to exhaust the emulator or to read what is gone: each ends in an error or in its text.
class TstVtlBounds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void longExpression_isRefused();
    void nestedLongExpressions_areRefused();
    void entryThatHoldsItself_isTooDeep();
    void mapChangedWhileWritten_isReadAnew();
    void listChangedWhileJoined_staysAsItWas();
    void replacement_isBoundedAsItGrows();
    void passedDeadline_endsRendering();
    void passedDeadline_endsParsing();
    void evaluatedSource_isCharged();
    void mapKeys_areCharged();
    void lines_areCountedOnce();
};

void TstVtlBounds::longExpression_isRefused()
{
    QCOMPARE(rendered("#set($x=1" + times("+1", 900) + ")$x"), "901");
    QCOMPARE(rendered("#set($x=1" + times("+1", 1100) + ")$x"), "TemplateSyntax");
    QCOMPARE(rendered("#set($x=1" + times("+1", 100'000) + ")$x"), "TemplateSyntax");
}

// Strings and parentheses begin no new count; macros that call each other in long expressions end too.
void TstVtlBounds::nestedLongExpressions_areRefused()
{
    const auto half = times("+1", 600);
    QCOMPARE(rendered("#set($x=(1" + half + ")" + half + ")$x"), "TemplateSyntax");
    QCOMPARE(rendered("#set($x=1" + half + "+\"#set($y=1" + half + ")\")$x"), "TemplateSyntax");
    QCOMPARE(rendered("#macro(r)#set($x=\"#r()\"" + times("+1", 990) + ")#end#r()"), "TemplateTooDeep");
}

void TstVtlBounds::entryThatHoldsItself_isTooDeep()
{
    QCOMPARE(rendered("#set($m={})#set($l=[])$m.put(\"k\",$l)$l.addAll($m.entrySet())$l"), "TemplateTooDeep");
}

void TstVtlBounds::mapChangedWhileWritten_isReadAnew()
{
    const std::string puts = "$m.put(\"a\",1)$m.put(\"b\",1)$m.put(\"c\",1)";
    QCOMPARE(rendered("#set($m={})#define($d)" + puts + "#end$m.put(\"d\",$d)$m"), "{d=, a=1, b=1, c=1}");
    QCOMPARE(rendered("#set($m={})#define($d)$m.clear()#end$m.put(\"d\",$d)$m.put(\"e\",1)$m"), "{d=}");
}

void TstVtlBounds::listChangedWhileJoined_staysAsItWas()
{
    QCOMPARE(rendered("#set($l=[])#define($d)#set($q=$l.clear())x#end#set($q=$l.add($d))#set($q=$l.add(2))"
                      "#set($s=\"\")$s.join(\"-\",$l)"),
        "x-2");
}

// Not when all of its 25 million characters are there.
void TstVtlBounds::replacement_isBoundedAsItGrows()
{
    const std::string text(5'000, 'a');
    for (const auto& replacement : {text, times("$0", 5'000)}) {
        const auto replaced = replaceRegex(text, "a", replacement, true);
        QVERIFY(!replaced);
        QCOMPARE(QString::fromStdString(replaced.error().code), "TemplateTooLarge");
    }
}

void TstVtlBounds::passedDeadline_endsRendering()
{
    QCOMPARE(rendered("text", {.deadline = std::chrono::steady_clock::now()}), "TemplateTooLong");
}

void TstVtlBounds::passedDeadline_endsParsing()
{
    const auto parsed = parse("$a", std::chrono::steady_clock::now());
    QVERIFY(!parsed);
    QCOMPARE(QString::fromStdString(parsed.error().code), "TemplateTooLong");
}

void TstVtlBounds::evaluatedSource_isCharged()
{
    const std::string body = "#set($s='xxxxxxxxxx')#set($s=$s.repeat(1000))";
    QCOMPARE(rendered(body + "#foreach($i in [1..100])#evaluate($s)#break#end$s.length()").right(5), "10000");
    QCOMPARE(rendered(body + "#set($c='##')#set($s=$c+$s)#foreach($i in [1..1000])#evaluate($s)#end"),
        "TemplateTooLarge");
}

void TstVtlBounds::mapKeys_areCharged()
{
    QCOMPARE(rendered("#set($k='xxxxxxxxxx')#set($k=$k.repeat(100000))"
                      "#foreach($i in [1..1000])#set($m={})#set($q=$m.put($k,$i))#end"),
        "TemplateTooLarge");
}

// Counted from the start for each of them, these lines would take minutes.
void TstVtlBounds::lines_areCountedOnce()
{
    QElapsedTimer timer;
    timer.start();
    const auto parsed = parse(times("$a\n", 200'000) + "#if(");
    QVERIFY(!parsed);
    QVERIFY(parsed.error().message.find("[line 200001, column 5]") != std::string::npos);
    QVERIFY(timer.elapsed() < 10'000);
}

CHAMBER_SUITE(TstVtlBounds, "tst_vtl_bounds")
#include "tst_vtl_bounds.moc"
