#include "core/aws/ledger.h"
#include "core/aws/shape_check.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"

#include <QTest>

#include <set>

using namespace core::aws;

namespace {

void visitShapes(const Shape& shape, std::set<const Shape*>& seen)
{
    if (!seen.insert(&shape).second)
        return;
    for (const auto& member : shape.members)
        visitShapes(*member.shape, seen);
    if (shape.element)
        visitShapes(*shape.element, seen);
    if (shape.key)
        visitShapes(*shape.key, seen);
}

}

// Holds every service's tables to what the shared machinery needs of them.
class TstServices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void patterns_compile();
    void lists_sayWhatTheyHold();
    void restActions_haveAnAddress();
    void whatIsNotExact_saysWhy();

private:
    tests::TempChamber m_chamber{{.listening = false}};
};

void TstServices::patterns_compile()
{
    for (const auto* service : m_chamber->services()) {
        for (std::size_t i = 0; i < service->actionCount(); ++i) {
            std::set<const Shape*> shapes;
            if (service->action(i).input)
                visitShapes(*service->action(i).input, shapes);
            for (const auto* shape : shapes)
                QVERIFY2(shape->pattern.empty() || patternCompiles(shape->pattern),
                    std::string(shape->pattern).c_str());
        }
    }
}

void TstServices::lists_sayWhatTheyHold()
{
    for (const auto* service : m_chamber->services()) {
        for (std::size_t i = 0; i < service->actionCount(); ++i) {
            std::set<const Shape*> shapes;
            if (service->action(i).input)
                visitShapes(*service->action(i).input, shapes);
            if (service->action(i).output)
                visitShapes(*service->action(i).output, shapes);
            for (const auto* shape : shapes)
                QVERIFY2((shape->type != Type::List && shape->type != Type::Map) || shape->element,
                    std::string(service->action(i).name).c_str());
        }
    }
}

void TstServices::restActions_haveAnAddress()
{
    for (const auto* service : m_chamber->services()) {
        const bool rest =
            service->protocol() == Protocol::RestJson || service->protocol() == Protocol::RestXml;
        for (std::size_t i = 0; i < service->actionCount(); ++i) {
            const auto& action = service->action(i);
            if (rest)
                QVERIFY2(
                    action.uri.starts_with('/') && !action.method.empty(), std::string(action.name).c_str());
            else
                QVERIFY2(!service->targetPrefix().empty() || !service->queryVersion().empty(),
                    std::string(action.name).c_str());
        }
    }
}

void TstServices::whatIsNotExact_saysWhy()
{
    for (const auto* service : m_chamber->services()) {
        for (const auto& row : ledgerOf(*service)) {
            QVERIFY2(row.fidelity != Fidelity::Simplified || !row.note.empty(), row.action.c_str());
            for (const auto& member : row.members)
                QVERIFY2(member.fidelity != Fidelity::Simplified || !member.note.empty(),
                    (row.action + ' ' + member.path).c_str());
        }
    }
}

CHAMBER_SUITE(TstServices, "tst_services")
#include "tst_services.moc"
