#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/item_writer.h"
#include "core/dynamodb/transaction_tokens.h"

#include <optional>
#include <string>
#include <vector>

namespace core::dynamodb {

inline constexpr double kTransactionFactor = 2; // of units: each item is prepared, then committed

constexpr std::size_t kMaxTransactionBytes = 4 * 1024 * 1024;

// One action of a write transaction, whatever language asked for it: what to check, what to do, where.
struct TransactAction {
    enum class Kind { Put, Update, Delete, Check };
    Kind kind = Kind::Put;
    TablePtr table;
    Attributes attributes; // Put: the item; otherwise its key
    std::optional<Condition> condition;
    UpdateExpression update; // Update
    bool returnsItem = false; // in the reason, when the condition fails
    bool inserts = false; // Put of PartiQL: an item that is there already is a duplicate
};

// Why one action did not do what it should; "None" when it could.
struct CancellationReason {
    std::string code = "None";
    std::string message;
    std::string item; // canonical JSON, "" for none
};

Error transactionCancelled(const std::vector<CancellationReason>& reasons);
// The reason that an action's own error is.
CancellationReason reasonOf(const Error& error);

// What a transaction tells beside its answer proper.
struct TransactionDetail {
    ReturnCapacity capacity = ReturnCapacity::None;
    bool metrics = false; // ItemCollectionMetrics
    Publisher<aws::ResourceChanged>* changes = nullptr; // told of every table that was written
    std::string_view action = "TransactWriteItems"; // that they are told of
    bool responses = false; // an empty Responses, as ExecuteTransaction has
};
TransactionDetail transactionDetailOf(const JsonView& input);

// All actions of a transaction in one change of the store, or none. Errors of make() are those that AWS finds
// before it begins: empty keys, keys that do not fit their tables (as a reason), two actions on one item, 4
// MB. Owned by the call; committer thread, then the answering thread.
class TransactWrite : public aws::PendingWrite {
public:
    static Result<std::unique_ptr<TransactWrite>> make(aws::RequestContext& context,
        std::vector<TransactAction> actions, TransactionDetail detail, std::optional<TransactionToken> token);

    Result<> apply(store::Transaction& transaction) override;
    Result<aws::Reply> answer() override;

private:
    // An action on its way.
    struct Step {
        TransactAction action;
        std::size_t number = 0; // from 1, for the track
        std::string row; // where its item stands
        std::optional<ItemVersion> before;
        std::optional<ItemVersion> after;
        CancellationReason reason;
    };

    TransactWrite(aws::RequestContext& context, std::vector<Step> steps, TransactionDetail detail,
        std::optional<TransactionToken> token);

    // Reads the item, checks the condition, makes what replaces it; errors become the step's reason.
    void prepare(Step& step, store::Reader& reader);
    bool conditionHolds(Step& step);
    static Result<> replace(Step& step);
    static void payForNothing(const Step& step);
    void write(Step& step, store::Transaction& transaction);
    void collectMetrics(Step& step, store::Reader& reader);
    void finish(store::Transaction& transaction);
    std::string body(const std::vector<TableUnits>& units, std::string_view axis) const;
    void answerAgain(const TokenRecord& record);
    void publish();

    aws::RequestContext& m_context;
    std::vector<Step> m_steps;
    TransactionDetail m_detail;
    std::optional<TransactionToken> m_token;
    ItemWriter m_writer;
    std::vector<TableUnits> m_written; // units of each table, in order of its first action
    std::vector<TableUnits> m_read; // what the same transaction costs when it is asked for again
    std::vector<std::pair<std::string, std::vector<std::string>>> m_metrics; // by table
    std::string m_body;
};

// The entry of a table, which is made when there is none; one table may come as several descriptors.
ConsumedCapacity& unitsOf(std::vector<TableUnits>& all, const TablePtr& table);
// ConsumedCapacity of a transaction, which names its units twice; `axis`: "Read" or "Write".
void appendTransactionCapacity(
    std::string& out, const std::vector<TableUnits>& units, std::string_view axis, ReturnCapacity detail);

}
