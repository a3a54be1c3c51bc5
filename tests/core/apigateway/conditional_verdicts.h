#pragma once

#include <nlohmann/json.hpp>

#include <QByteArray>

// What Lambda authorizers may answer under conditions, for a call from 127.0.0.1 with User-Agent "robot/1":
// rows of "statements" and whether they let it in ("allowed").
void addConditionRows();

// The authorizer's whole answer.
nlohmann::json conditionalVerdict(const QByteArray& statements);
