#include "core/base/ids.h"
#include "core/store/blob_store.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <iterator>
#include <set>

using namespace core;
using namespace core::store;

class TstBlobStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keptBlob_hasItsBytes();
    void droppedWriter_leavesNoFile();
    void keptWriter_takesNoMore();
    void removedBlob_isGone();
    void sweep_removesWhatIsUnused();
    void unwritableFolder_isError();

private:
    std::size_t fileCount() const;

    std::unique_ptr<QTemporaryDir> m_temporary;
    std::filesystem::path m_folder;
};

namespace {

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string keepBlob(BlobStore& blobs, std::string_view bytes)
{
    auto writer = blobs.create();
    if (!writer || !(*writer)->write(bytes))
        return {};
    return (*writer)->keep().value_or("");
}

}

void TstBlobStore::init()
{
    m_temporary = std::make_unique<QTemporaryDir>();
    m_folder = std::filesystem::path(m_temporary->path().toStdString()) / "objects";
}

std::size_t TstBlobStore::fileCount() const
{
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(m_folder))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

void TstBlobStore::keptBlob_hasItsBytes()
{
    for (const bool sync : {true, false}) {
        BlobStore blobs(m_folder, sync);
        const auto bytes = randomBytes(300'000);
        auto writer = blobs.create();
        QVERIFY(writer.has_value());
        QVERIFY((*writer)->write(std::string_view(bytes).substr(0, 100)));
        QVERIFY((*writer)->write(""));
        QVERIFY((*writer)->write(std::string_view(bytes).substr(100)));
        QCOMPARE((*writer)->size(), std::uint64_t{300'000});
        const auto id = (*writer)->keep();
        QVERIFY(id.has_value());
        writer->reset();
        QCOMPARE(contentOf(blobs.path(*id)), bytes);
    }
}

void TstBlobStore::droppedWriter_leavesNoFile()
{
    BlobStore blobs(m_folder, true);
    {
        auto writer = blobs.create();
        QVERIFY((*writer)->write("half"));
        QCOMPARE(fileCount(), 1u);
    }
    QCOMPARE(fileCount(), 0u);
}

void TstBlobStore::keptWriter_takesNoMore()
{
    BlobStore blobs(m_folder, false);
    auto writer = blobs.create();
    QVERIFY((*writer)->keep().has_value());
    QVERIFY(!(*writer)->write("late"));
    QVERIFY(!(*writer)->keep());
}

void TstBlobStore::removedBlob_isGone()
{
    BlobStore blobs(m_folder, false);
    const auto id = keepBlob(blobs, "x");
    QVERIFY(std::filesystem::exists(blobs.path(id)));
    blobs.remove(id);
    QVERIFY(!std::filesystem::exists(blobs.path(id)));
}

void TstBlobStore::sweep_removesWhatIsUnused()
{
    BlobStore blobs(m_folder, false);
    const auto used = keepBlob(blobs, "used");
    const auto unused = keepBlob(blobs, "unused");
    std::ofstream(m_folder / "incoming" / "left-by-a-crash") << "half";
    std::ofstream(m_folder / "README") << "a person put this here";
    blobs.sweep([&](std::string_view id) { return id == used; });
    QCOMPARE(contentOf(blobs.path(used)), std::string("used"));
    QVERIFY(!std::filesystem::exists(blobs.path(unused)));
    QCOMPARE(fileCount(), 2u);
    QVERIFY(!keepBlob(blobs, "after").empty());
}

void TstBlobStore::unwritableFolder_isError()
{
    std::filesystem::create_directories(m_folder.parent_path());
    std::ofstream(m_folder) << "a file, not a folder";
    BlobStore blobs(m_folder, true);
    const auto writer = blobs.create();
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, ErrorKind::Io);
}

CHAMBER_SUITE(TstBlobStore, "tst_blob_store")
#include "tst_blob_store.moc"
