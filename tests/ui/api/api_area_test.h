#pragma once

#include "core/project/sam_import.h"
#include "tests/support/places.h"
#include "tests/support/temp_chamber.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/api/api_area.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <memory>
#include <string>

// A test of the API area on a chamber of its own. Who derives calls begin() and end() around each function.
class ApiAreaTest : public QObject {
protected:
    void begin()
    {
        m_apiId.clear();
        m_chamber = std::make_unique<tests::TempChamber>();
        m_bench = std::make_unique<tests::UiBench>(ui::bridge::Engine::of(m_chamber->chamber()));
    }

    void end()
    {
        m_area.reset();
        m_bench.reset();
        m_chamber.reset();
    }

    void openArea()
    {
        m_area = std::make_unique<ui::api::ApiArea>(m_bench->context);
        m_area->resize(tests::kLargeScreen);
        m_area->show();
        QTRY_VERIFY(m_area->document()->loaded());
    }

    // The area with the API of the folder "shop".
    void openShop()
    {
        const auto report =
            core::project::importSam(places::source("tests/ui/api/shop"), m_chamber->caller(), "us-east-1");
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        m_apiId = report->apiId;
        openArea();
        QVERIFY(m_area->document()->api());
    }

    // The action's answer, or {"error": its code}.
    nlohmann::json call(const char* action, const nlohmann::json& input)
    {
        const auto reply = m_chamber->caller().call("apigateway", action, input, {});
        return reply ? reply->json() : nlohmann::json{{"error", reply.error().code}};
    }

    std::unique_ptr<tests::TempChamber> m_chamber;
    std::unique_ptr<tests::UiBench> m_bench;
    std::unique_ptr<ui::api::ApiArea> m_area;
    std::string m_apiId;
};
