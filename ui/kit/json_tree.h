#pragma once

#include <nlohmann/json_fwd.hpp>

#include <QTreeView>

#include <memory>

namespace ui::kit {

// A JSON value as a tree: keys and values in syntax colours, copy of a value or its path. What is open stays
// open when a new value with the same keys comes.
class JsonTree : public QTreeView {
    Q_OBJECT

public:
    explicit JsonTree(QWidget* parent = nullptr);
    ~JsonTree() override;
    void setJson(const nlohmann::json& value);
    void setText(const QByteArray& text); // what is no JSON is shown as one text

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    class Model;
    std::unique_ptr<Model> m_model;
};

}
