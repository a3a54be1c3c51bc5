#include "core/s3/blob_leases.h"
#include "core/s3/object_source.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::s3;

class TstBlobLeases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void heldBlob_staysUntilItsLastLeaseEnds();
    void freeBlob_goesAtOnce();
    void source_readsWhatWasReplaced();
    void source_saysWhenAFileIsTooShort();

private:
    std::string keep(std::string_view bytes);
    bool isThere(const std::string& id) const { return std::filesystem::exists(m_blobs->path(id)); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::BlobStore> m_blobs;
};

void TstBlobLeases::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_blobs = std::make_unique<store::BlobStore>(m_folder->path().toStdString(), false);
}

std::string TstBlobLeases::keep(std::string_view bytes)
{
    auto writer = m_blobs->create();
    return writer && (*writer)->write(bytes) ? (*writer)->keep().value_or("") : std::string();
}

void TstBlobLeases::heldBlob_staysUntilItsLastLeaseEnds()
{
    const auto id = keep("x");
    BlobLeases leases(*m_blobs);
    auto first = leases.hold({id});
    auto second = leases.hold({id});
    leases.remove({id});
    first.reset();
    QVERIFY(isThere(id));
    second.reset();
    QVERIFY(!isThere(id));
}

void TstBlobLeases::freeBlob_goesAtOnce()
{
    const auto id = keep("x");
    BlobLeases leases(*m_blobs);
    leases.hold({id}).reset();
    QVERIFY(isThere(id));
    leases.remove({id});
    QVERIFY(!isThere(id));
}

void TstBlobLeases::source_readsWhatWasReplaced()
{
    BlobLeases leases(*m_blobs);
    ObjectRecord record;
    record.size = 6;
    record.segments = {{keep("one"), 3, {}}, {keep("two"), 3, {}}};
    ObjectSource source(*m_blobs, record, {1, 4}, leases.hold(record.blobs()));
    leases.remove(record.blobs());
    const auto text = http::readAll(source, 100);
    QVERIFY(text);
    QCOMPARE(*text, std::string("netw"));
}

void TstBlobLeases::source_saysWhenAFileIsTooShort()
{
    BlobLeases leases(*m_blobs);
    ObjectRecord record;
    record.size = 10;
    record.segments = {{keep("short"), 10, {}}};
    ObjectSource source(*m_blobs, record, {0, 10}, leases.hold(record.blobs()));
    const auto text = http::readAll(source, 100);
    QVERIFY(!text);
    QVERIFY(text.error().kind == ErrorKind::Io);
}

CHAMBER_SUITE(TstBlobLeases, "tst_blob_leases")
#include "tst_blob_leases.moc"
