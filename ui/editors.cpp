#include "ui/editors.h"

#include <QCoreApplication>

#ifdef CHAMBER_AREA_MAP
#include "ui/map/map_area.h"
#endif
#ifdef CHAMBER_AREA_TRACKS
#include "ui/tracks/tracks_area.h"
#endif
#ifdef CHAMBER_AREA_API
#include "ui/api/api_area.h"
#endif
#ifdef CHAMBER_AREA_FUNCTIONS
#include "ui/functions/functions_area.h"
#endif
#ifdef CHAMBER_AREA_TABLES
#include "ui/tables/tables_area.h"
#endif
#ifdef CHAMBER_AREA_CDN
#include "ui/cdn/cdn_area.h"
#endif

namespace ui {

using namespace Qt::StringLiterals;

namespace {

template <typename Page> [[maybe_unused]] shell::Area* make(shell::AreaContext& context)
{
    return new Page(context);
}

[[maybe_unused]] QString words(const char* text)
{
    return QCoreApplication::translate("ui::editors", text);
}

}

QList<shell::AreaEntry> editors()
{
    return {
#ifdef CHAMBER_AREA_MAP
        {u"map"_s, words(QT_TRANSLATE_NOOP("ui::editors", "Map")), u"map"_s, kit::Hue::Obs, {u"map"_s}, 0,
            make<map::MapArea>},
#endif
#ifdef CHAMBER_AREA_TRACKS
        {u"tracks"_s, words(QT_TRANSLATE_NOOP("ui::editors", "Tracks")), u"tracks"_s, kit::Hue::Obs,
            {u"track"_s}, 0, make<tracks::TracksArea>},
#endif
#ifdef CHAMBER_AREA_API
        {u"api"_s, words(QT_TRANSLATE_NOOP("ui::editors", "API")), u"api"_s, kit::Hue::Api, {u"api"_s}, 1,
            make<api::ApiArea>},
#endif
#ifdef CHAMBER_AREA_FUNCTIONS
        {u"functions"_s, words(QT_TRANSLATE_NOOP("ui::editors", "Functions")), u"fn"_s, kit::Hue::Fn,
            {u"function"_s}, 1, make<functions::FunctionsArea>},
#endif
#ifdef CHAMBER_AREA_TABLES
        {u"tables"_s, words(QT_TRANSLATE_NOOP("ui::editors", "Tables")), u"tbl"_s, kit::Hue::Tbl,
            {u"table"_s}, 1, make<tables::TablesArea>},
#endif
#ifdef CHAMBER_AREA_CDN
        {u"cdn"_s, words(QT_TRANSLATE_NOOP("ui::editors", "CDN")), u"cdn"_s, kit::Hue::Cdn,
            {u"distribution"_s}, 1, make<cdn::CdnArea>},
#endif
    };
}

}
