#include "core/lambda/code_package.h"
#include "core/lambda/function_folder.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <zip.h>

#include <fstream>
#include <sys/stat.h>

namespace fs = std::filesystem;
using namespace core::lambda;
using tests::zipOf;

namespace {

constexpr const char* kBadZip =
    "Could not unzip uploaded file. Please check your file, then try to upload again.";

struct Entry {
    std::string name;
    std::string bytes;
    unsigned mode = S_IFREG | 0644;
};

// A zip of any entries, also such that no honest packer makes.
std::string rawZip(const std::vector<Entry>& entries)
{
    const QTemporaryDir folder;
    const auto path = folder.filePath("raw.zip").toStdString();
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& entry : entries) {
        auto* source = zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0);
        const auto index = zip_file_add(archive, entry.name.c_str(), source, 0);
        zip_file_set_external_attributes(
            archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX, entry.mode << 16);
    }
    zip_close(archive);
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string textOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}

class TstCodePackage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_temporary->path().toStdString()) / "functions" / "f";
    }

    void package_isUnpackedWithItsModes()
    {
        const auto zip = zipOf({{"app.py", "code"}, {"lib/deep/x.py", "x"}, {"run!", "#!/bin/sh"}});
        QVERIFY(unpackZip(zip, m_folder));
        QCOMPARE(textOf(m_folder / "app.py"), std::string("code"));
        QCOMPARE(textOf(m_folder / "lib/deep/x.py"), std::string("x"));
        QCOMPARE(fs::status(m_folder / "run").permissions(), fs::perms(0755));
        QCOMPARE(fs::status(m_folder / "app.py").permissions(), fs::perms(0644));
    }

    void newPackage_replacesTheOld()
    {
        QVERIFY(unpackZip(zipOf({{"old.py", "1"}, {"both.py", "1"}}), m_folder));
        QVERIFY(unpackZip(zipOf({{"new.py", "2"}, {"both.py", "2"}}), m_folder));
        QVERIFY(!fs::exists(m_folder / "old.py"));
        QCOMPARE(textOf(m_folder / "both.py"), std::string("2"));
    }

    void badPackages_areRefusedAndChangeNothing_data()
    {
        QTest::addColumn<QByteArray>("zip");
        QTest::addColumn<QString>("message");
        const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
        const auto good = zipOf({{"app.py", std::string(10'000, 'x')}});
        QTest::newRow("empty") << QByteArray() << "Uploaded file must be a non-empty zip";
        QTest::newRow("no zip") << bytes("this is no zip") << kBadZip;
        QTest::newRow("cut off") << bytes(good.substr(0, good.size() / 2)) << kBadZip;
        auto damaged = good;
        for (std::size_t at = 40; at < 60; ++at)
            damaged[at] = static_cast<char>(~damaged[at]);
        QTest::newRow("damaged") << bytes(damaged) << kBadZip;
        QTest::newRow("climbs out") << bytes(rawZip({{"ok.py", "1"}, {"../../out.py", "evil"}})) << kBadZip;
        QTest::newRow("absolute") << bytes(rawZip({{"/tmp/out-of-the-chamber.py", "evil"}})) << kBadZip;
        QTest::newRow("hidden climb") << bytes(rawZip({{"a/../../out.py", "evil"}})) << kBadZip;
        QTest::newRow("link out") << bytes(rawZip({{"link", "/etc", S_IFLNK | 0777}})) << kBadZip;
        QTest::newRow("link up") << bytes(rawZip({{"link", "../..", S_IFLNK | 0777}})) << kBadZip;
        QTest::newRow("file below a file") << bytes(rawZip({{"a", "1"}, {"a/b", "2"}})) << kBadZip;
    }
    void badPackages_areRefusedAndChangeNothing()
    {
        QFETCH(QByteArray, zip);
        QFETCH(QString, message);
        QVERIFY(unpackZip(zipOf({{"app.py", "kept"}}), m_folder));
        const auto refused = unpackZip(zip.toStdString(), m_folder);
        QVERIFY(!refused);
        QCOMPARE(QString::fromStdString(refused.error().message), message);
        QCOMPARE(refused.error().code, std::string("InvalidParameterValueException"));
        QCOMPARE(textOf(m_folder / "app.py"), std::string("kept"));
        QVERIFY(!fs::exists(m_folder.parent_path() / "out.py"));
        QVERIFY(!fs::exists(m_folder.parent_path().parent_path() / "out.py"));
        // Nothing unpacked is left beside it either.
        QCOMPARE(std::distance(fs::directory_iterator(m_folder.parent_path()), fs::directory_iterator()), 1);
    }

    void zipBomb_isTooLarge()
    {
        const std::string zeros(90 * 1024 * 1024, '\0');
        const auto refused = unpackZip(rawZip({{"a", zeros}, {"b", zeros}, {"c", zeros}}), m_folder);
        QVERIFY(!refused);
        QCOMPARE(refused.error().message, std::string("Unzipped size must be smaller than 262144000 bytes"));
    }

    void linkInside_isKept()
    {
        QVERIFY(
            unpackZip(rawZip({{"lib/real.py", "1"}, {"lib/link.py", "real.py", S_IFLNK | 0777}}), m_folder));
        QCOMPARE(fs::read_symlink(m_folder / "lib/link.py"), fs::path("real.py"));
        // And packed as a link again.
        const auto other = m_folder.parent_path() / "g";
        QVERIFY(unpackZip(*packFolder(m_folder), other));
        QCOMPARE(fs::read_symlink(other / "lib/link.py"), fs::path("real.py"));
    }

    void packing_isTheSameForTheSameFiles()
    {
        QVERIFY(unpackZip(zipOf({{"a.py", "1"}, {"b/c.py", "2"}}), m_folder));
        const auto first = *packFolder(m_folder);
        const auto other = m_folder.parent_path() / "g";
        QVERIFY(unpackZip(first, other));
        QCOMPARE(*packFolder(other), first);
        QCOMPARE(digestFolder(other), digestFolder(m_folder));
        std::ofstream(other / "a.py") << "3";
        QVERIFY(digestFolder(other) != digestFolder(m_folder));
    }

    void folderPaths_stayInside_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("up") << "../secret";
        QTest::newRow("hidden up") << "a/../../secret";
        QTest::newRow("absolute") << "/etc/passwd";
        QTest::newRow("empty") << "";
        QTest::newRow("itself") << ".";
        QTest::newRow("through a link") << "out/secret";
    }
    void folderPaths_stayInside()
    {
        QFETCH(QString, path);
        fs::create_directories(m_folder);
        std::ofstream(m_folder.parent_path() / "secret") << "s";
        fs::create_symlink("..", m_folder / "out");
        const FunctionFolder folder(m_folder);
        const auto text = path.toStdString();
        QCOMPARE(folder.read(text).error().code, std::string("InvalidParameterValueException"));
        QVERIFY(!folder.write(text, "x"));
        QVERIFY(!folder.remove(text));
        QVERIFY(!folder.rename(text, "y"));
        QCOMPARE(textOf(m_folder.parent_path() / "secret"), std::string("s"));
    }

    void folderFiles_areListedWrittenRenamedRemoved()
    {
        fs::create_directories(m_folder / "node_modules/deep");
        std::ofstream(m_folder / "node_modules/deep/index.js") << "x";
        const FunctionFolder folder(m_folder);
        QVERIFY(folder.write("src/app.py", "one"));
        QCOMPARE(*folder.read("src/app.py"), std::string("one"));
        fs::permissions(m_folder / "src/app.py", fs::perms(0755));
        QVERIFY(folder.write("src/app.py", "two"));
        QCOMPARE(fs::status(m_folder / "src/app.py").permissions(), fs::perms(0755));
        QVERIFY(folder.rename("src/app.py", "main.py"));
        QVERIFY(!folder.read("src/app.py"));
        std::vector<std::string> names;
        for (const auto& entry : folder.list())
            names.push_back(entry.path);
        QCOMPARE(names, (std::vector<std::string>{"main.py", "node_modules", "src"}));
        QVERIFY(folder.remove("main.py"));
        QCOMPARE(folder.remove("main.py").error().code, std::string("ResourceNotFoundException"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;
};

CHAMBER_SUITE(TstCodePackage, "tst_code_package")
#include "tst_code_package.moc"
