# Flags, and the few functions that every folder's CMakeLists.txt uses.

find_program(CHAMBER_CCACHE ccache)
if(CHAMBER_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CHAMBER_CCACHE})
endif()
find_program(CHAMBER_MOLD mold)
if(CHAMBER_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_library(chamber_flags INTERFACE)
target_include_directories(chamber_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(chamber_flags INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror)
# g++ 12 sees overlapping copies in std::string where there are none once it optimises (GCC bug 105651).
target_compile_options(chamber_flags INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
if(CHAMBER_SANITIZE)
    add_compile_options(-fsanitize=${CHAMBER_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${CHAMBER_SANITIZE})
    # g++ 12 takes sanitized code for uninitialised in places where it is not.
    add_compile_options(-Wno-maybe-uninitialized)
endif()

# chamber_library(<folder path with _> <libraries…>): one static library of the .cpp files of this folder, its
# actions/ and its detail/ folders.
function(chamber_library name)
    file(GLOB sources CONFIGURE_DEPENDS *.cpp actions/*.cpp detail/*.cpp partiql/*.cpp dax/*.cpp vtl/*.cpp
        openapi/*.cpp reference/*.cpp v2/*.cpp v2/actions/*.cpp)
    if(NOT sources)
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE chamber_flags ${ARGN})
        return()
    endif()
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC chamber_flags ${ARGN})
endfunction()

# chamber_test_folder(<program> <libraries…>): one program of this folder's tst_*.cpp, one ctest entry a suite.
function(chamber_test_folder program)
    file(GLOB sources CONFIGURE_DEPENDS *.cpp)
    add_executable(${program} ${sources})
    set_target_properties(${program} PROPERTIES AUTOMOC ON)
    target_compile_definitions(${program} PRIVATE QT_NO_KEYWORDS)
    target_link_libraries(${program} PRIVATE chamber_flags tests_support ${ARGN})
    foreach(source IN LISTS sources)
        get_filename_component(suite ${source} NAME_WE)
        if(suite MATCHES "^tst_")
            add_test(NAME ${program}.${suite} COMMAND ${program} ${suite})
            set_tests_properties(${program}.${suite} PROPERTIES TIMEOUT 900
                ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_FORCE_STDERR_LOGGING=1")
        endif()
    endforeach()
endfunction()
