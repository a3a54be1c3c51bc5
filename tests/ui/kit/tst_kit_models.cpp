#include "tests/support/suites.h"
#include "ui/kit/paged_model.h"
#include "ui/kit/row_model.h"
#include "ui/kit/tree_node_model.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui::kit;

namespace {

struct Book {
    QString isbn;
    QString title;
};

using Books = RowModel<Book>;

QList<Column<Book>> columns()
{
    return {Column<Book>::text(u"ISBN"_s, [](const Book& book) { return book.isbn; }),
        Column<Book>::text(
            u"Title"_s, [](const Book& book) { return book.title; }, Qt::AlignRight)};
}

QString keyOf(const Book& book)
{
    return book.isbn;
}

QStringList titles(const QAbstractItemModel& model)
{
    QStringList found;
    for (int row = 0; row < model.rowCount(); ++row)
        found.append(model.index(row, 1).data().toString());
    return found;
}

}

class TstKitModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void setRows_insertsMovesUpdatesAndRemoves()
    {
        Books model(columns(), keyOf);
        QAbstractItemModelTester tester(&model);
        model.setRows({{u"1"_s, u"a"_s}, {u"2"_s, u"b"_s}, {u"3"_s, u"c"_s}});
        QCOMPARE(titles(model), QStringList({u"a"_s, u"b"_s, u"c"_s}));
        model.setRows({{u"3"_s, u"C"_s}, {u"4"_s, u"d"_s}, {u"1"_s, u"a"_s}});
        QCOMPARE(titles(model), QStringList({u"C"_s, u"d"_s, u"a"_s}));
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void setRows_keepsTheSelection()
    {
        Books model(columns(), keyOf);
        model.setRows({{u"1"_s, u"a"_s}, {u"2"_s, u"b"_s}, {u"3"_s, u"c"_s}});
        QItemSelectionModel selection(&model);
        selection.setCurrentIndex(model.index(1, 0), QItemSelectionModel::SelectCurrent);
        model.setRows({{u"9"_s, u"z"_s}, {u"3"_s, u"c"_s}, {u"2"_s, u"b2"_s}});
        QCOMPARE(selection.currentIndex().data(KeyRole).toString(), u"2"_s);
        QCOMPARE(selection.currentIndex().row(), 2);
    }

    void upsert_updatesKnownAndPutsNewOnTop()
    {
        Books model(columns(), keyOf);
        QAbstractItemModelTester tester(&model);
        model.setRows({{u"1"_s, u"a"_s}});
        model.upsert({{u"1"_s, u"A"_s}, {u"2"_s, u"b"_s}, {u"3"_s, u"c"_s}});
        QCOMPARE(titles(model), QStringList({u"b"_s, u"c"_s, u"A"_s}));
        model.truncate(1);
        QCOMPARE(titles(model), QStringList({u"b"_s}));
    }

    void headerOfNumberColumn_isRightAligned()
    {
        Books model(columns(), keyOf);
        const auto value = model.headerData(1, Qt::Horizontal, Qt::TextAlignmentRole);
        QCOMPARE(value.value<Qt::Alignment>(), Qt::Alignment(Qt::AlignRight));
    }

    void pagedModel_asksPageAfterPage()
    {
        QStringList asked;
        PagedModel<Book>::Done answer;
        PagedModel<Book> model(columns(), keyOf, [&](const QString& token, PagedModel<Book>::Done done) {
            asked.append(token);
            answer = std::move(done);
        });
        model.restart();
        QVERIFY(!model.canFetchMore({})); // while it waits
        answer({{{u"1"_s, u"a"_s}}, u"next"_s});
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        answer({{{u"2"_s, u"b"_s}}, {}});
        QCOMPARE(asked, QStringList({QString(), u"next"_s}));
        QCOMPARE(titles(model), QStringList({u"a"_s, u"b"_s}));
        QVERIFY(!model.canFetchMore({}));
    }

    void pagedModel_isAModel()
    {
        int pages = 0;
        PagedModel<Book> model(columns(), keyOf, [&](const QString&, PagedModel<Book>::Done done) {
            const auto number = QString::number(pages++);
            done({{{number, number}}, pages < 3 ? number : QString()});
        });
        QAbstractItemModelTester tester(&model);
        model.restart();
        while (model.canFetchMore({}))
            model.fetchMore({});
        QCOMPARE(titles(model), QStringList({u"0"_s, u"1"_s, u"2"_s}));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void pagedModel_dropsLateAnswers()
    {
        QList<PagedModel<Book>::Done> answers;
        PagedModel<Book> model(columns(), keyOf,
            [&](const QString&, PagedModel<Book>::Done done) { answers.append(std::move(done)); });
        model.restart();
        model.restart();
        answers[1]({{{u"2"_s, u"new"_s}}, {}});
        answers[0]({{{u"1"_s, u"old"_s}}, u"more"_s});
        QCOMPARE(titles(model), QStringList({u"new"_s}));
        QVERIFY(!model.canFetchMore({}));
    }

    void pagedModel_answerAfterItsDeath_isHarmless()
    {
        PagedModel<Book>::Done answer;
        {
            PagedModel<Book> model(columns(), keyOf,
                [&](const QString&, PagedModel<Book>::Done done) { answer = std::move(done); });
            model.restart();
        }
        answer({{{u"1"_s, u"a"_s}}, {}});
    }

    void treeModel_keepsIndexesOfWhatStays()
    {
        TreeNodeModel<QString> model({u"Path"_s}, [](const QString& value, int, int role) {
            return role == Qt::DisplayRole ? QVariant(value) : QVariant();
        });
        QAbstractItemModelTester tester(&model);
        using Node = TreeNode<QString>;
        model.setTree(
            {Node{u"books"_s, u"/books"_s, {Node{u"get"_s, u"GET"_s, {}}, Node{u"post"_s, u"POST"_s, {}}}},
                Node{u"orders"_s, u"/orders"_s, {}}});
        const QPersistentModelIndex post(model.find({u"books"_s, u"post"_s}));
        QVERIFY(post.isValid());
        model.setTree({Node{u"orders"_s, u"/orders"_s, {}},
            Node{u"books"_s, u"/books"_s, {Node{u"post"_s, u"POST"_s, {}}, Node{u"put"_s, u"PUT"_s, {}}}}});
        QVERIFY(post.isValid());
        QCOMPARE(post.data().toString(), u"POST"_s);
        QCOMPARE(post.row(), 0);
        QCOMPARE(post.parent().data().toString(), u"/books"_s);
        QVERIFY(!model.find({u"books"_s, u"get"_s}).isValid());
    }
};

CHAMBER_SUITE(TstKitModels, "tst_kit_models")

#include "tst_kit_models.moc"
