#pragma once

#include "ui/kit/row_model.h"

#include <functional>
#include <memory>

namespace ui::kit {

template <typename Row> struct Page {
    QList<Row> rows;
    QString nextToken; // "" when this was the last page
};

// A RowModel that asks for pages as a view scrolls to its end. restart() begins anew; answers to earlier
// questions are dropped when they come late. `fetch` must not wait: it calls `done` later, on the UI thread,
// once.
//
//   PagedModel<Item> model(columns, key, [this](const QString& token, auto done) { …engine.call(… done(page)
//   …); });
template <typename Row> class PagedModel : public RowModel<Row> {
public:
    using Done = std::function<void(Page<Row>)>;
    using Fetch = std::function<void(const QString& token, Done done)>;

    PagedModel(
        QList<Column<Row>> columns, typename RowModel<Row>::KeyFn key, Fetch fetch, QObject* parent = nullptr)
        : RowModel<Row>(std::move(columns), std::move(key), parent)
        , m_fetch(std::move(fetch))
    {
    }

    bool canFetchMore(const QModelIndex& parent) const override
    {
        return !parent.isValid() && m_hasMore && !m_waiting;
    }

    void fetchMore(const QModelIndex& parent) override
    {
        if (!canFetchMore(parent))
            return;
        m_waiting = true;
        m_fetch(m_token, [this, alive = std::weak_ptr(m_alive), question = m_question](Page<Row> page) {
            if (alive.expired() || question != m_question)
                return;
            m_waiting = false;
            m_token = page.nextToken;
            m_hasMore = !m_token.isEmpty();
            const bool first = std::exchange(m_first, false);
            if (first)
                this->setRows(page.rows);
            else
                this->upsert(page.rows, false);
        });
    }

    // Asks for the first page again; the old rows stay until it comes.
    void restart()
    {
        ++m_question;
        m_waiting = false;
        m_first = true;
        m_hasMore = true;
        m_token.clear();
        fetchMore({});
    }

    // Forgets everything and expects no answer any more.
    void clear()
    {
        ++m_question;
        m_waiting = false;
        m_hasMore = false;
        this->setRows({});
    }

    bool isWaiting() const { return m_waiting; }
    bool hasMore() const { return m_hasMore; }

private:
    Fetch m_fetch;
    QString m_token;
    int m_question = 0;
    bool m_first = true;
    bool m_hasMore = false;
    bool m_waiting = false;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
};

}
