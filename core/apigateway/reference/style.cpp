#include "core/apigateway/reference/style.h"

namespace core::apigateway::reference {

// clang-format off
constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--panel:#fff;--canvas:#f7f8fa;--raised:#f5f6f8;--line:#e1e4e9;--line2:#c9cfd8;--t1:#171a20;--t2:#4b5360;--t3:#5e6774;--focus:#155fc6;--api:#6841d4;--ok:#14734a;--info:#1560bc;--warn:#835b00;--err:#bc2d28;
--get:#1560bc;--get-t:#eaf1f9;--post:#14734a;--post-t:#eaf2ef;--put:#835b00;--put-t:#f4f0e8;--patch:#0a6e7b;--patch-t:#e9f2f3;--delete:#bc2d28;--delete-t:#f9ecec;--options:#4b5360;--options-t:#eff0f1;--any:#8428b8;--any-t:#f4ecf9}
@media(prefers-color-scheme:dark){:root{--panel:#14171c;--canvas:#0b0d11;--raised:#1b1f26;--line:#232831;--line2:#343b47;--t1:#e7eaef;--t2:#abb3c0;--t3:#8a93a2;--focus:#78b7ff;--api:#ad98ff;--ok:#55cb93;--info:#82baff;--warn:#e8bf5e;--err:#ff827c;
--get:#82baff;--get-t:#232e3c;--post:#63d09a;--post-t:#1f312e;--put:#e8bf5e;--put-t:#322f25;--patch:#56d2d2;--patch-t:#1d3135;--delete:#ff8f89;--delete-t:#35282b;--options:#abb3c0;--options-t:#292d33;--any:#d9a2f7;--any-t:#302a3b}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:16px}
body{margin:0;display:grid;grid-template-columns:300px minmax(0,1fr);background:var(--canvas);color:var(--t1);font:13px/18px Inter,system-ui,sans-serif}
code,pre{font-family:"JetBrains Mono",ui-monospace,monospace;font-size:12px;font-variant-ligatures:none}
a{color:var(--focus);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:16px 12px;background:var(--panel);border-right:1px solid var(--line)}
nav ul{list-style:none;margin:0 0 16px;padding:0}nav li a{display:flex;gap:8px;align-items:center;padding:4px 6px;border-radius:6px;color:var(--t2)}
nav li a:hover{background:var(--raised);text-decoration:none}nav code{overflow-wrap:anywhere}
.brand{margin:0 6px 12px;font-weight:600;font-size:14px;line-height:20px}.group{margin:0 6px 6px;color:var(--t3);font-size:11px;font-weight:500}
main{padding:32px 40px 64px;max-width:980px}
h1{margin:0 0 8px;font-size:26px;line-height:32px;font-weight:600}
h2{margin:40px 0 12px;font-size:18px;line-height:24px;font-weight:600;overflow-wrap:anywhere}h2 code{font-size:16px}
h3{margin:0 0 8px;font-size:13px;font-weight:600;display:flex;gap:8px;align-items:center;flex-wrap:wrap}h3 code{font-size:13px;overflow-wrap:anywhere}
h4{margin:16px 0 6px;font-size:12px;line-height:16px;font-weight:600;color:var(--t2)}
p{margin:0 0 8px}.meta,.prose,.access{color:var(--t2)}.label{color:var(--t3)}.summary{font-weight:500}.note{color:var(--t3)}
.operation{margin:0 0 16px;padding:16px;background:var(--panel);border:1px solid var(--line);border-radius:8px}
.method{flex:none;min-width:44px;padding:0 6px;border-radius:4px;font:700 10px/16px "JetBrains Mono",ui-monospace,monospace;text-align:center;background:var(--options-t);color:var(--options)}
.get,.head{background:var(--get-t);color:var(--get)}.post{background:var(--post-t);color:var(--post)}.put{background:var(--put-t);color:var(--put)}.patch{background:var(--patch-t);color:var(--patch)}.delete{background:var(--delete-t);color:var(--delete)}.any{background:var(--any-t);color:var(--any)}
table{width:100%;border-collapse:collapse;font-size:12px;line-height:16px}th{font-size:11px;font-weight:500;color:var(--t3);text-align:left}th,td{padding:6px 8px 6px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.type{color:var(--api);font-size:12px}.required{color:var(--warn);font-size:11px}
.tree{list-style:none;margin:0 0 8px;padding:0 0 0 16px;border-left:1px solid var(--line)}.tree li{padding:2px 0}
.content{margin:8px 0 4px}.media{color:var(--t2)}.response{margin:12px 0 4px}
.status{font:600 12px/16px "JetBrains Mono",ui-monospace,monospace}.s2{color:var(--ok)}.s3{color:var(--info)}.s4{color:var(--warn)}.s5{color:var(--err)}
pre{margin:4px 0 8px;padding:8px 12px;overflow:auto;line-height:18px;background:var(--raised);border:1px solid var(--line);border-radius:6px}
@media(max-width:860px){body{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}main{padding:24px 16px 48px}}
@media print{nav{display:none}body{display:block;background:#fff}.operation{break-inside:avoid}}
)";
// clang-format on

}
