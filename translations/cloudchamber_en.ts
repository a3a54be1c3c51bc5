<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>ActionCatalogue</name>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ApiArea</name>
    <message>
        <source>%1 (new)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New stage…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft, not deployed to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Draft, %n route(s) not as in %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Draft, edited since %1 was deployed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 deployed %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last run %1, %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A REST API without routes; the next step adds them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The root has no name of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is below moves along. Clients see it after the next deployment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The root cannot be deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clients see it after the next deployment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy to a new stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters, digits, - and _. The stage is a part of the API&apos;s address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployed to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The draft has no route for %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage to deploy to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No API here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An API gives functions and web servers an address with routes. Create one here, with an SDK or the AWS CLI, or open the corner bookshop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command that lists them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows every span of the last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No method selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A path answers nothing by itself. Select one of its methods at the left, or add one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the test request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Definition imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Definition imported with %n warning(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Export the definition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Definition exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows what callers of the API read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a definition…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the definition…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or leave the reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ApiDocument</name>
    <message>
        <source>Create API %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the integration of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deploy to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BusyRing</name>
    <message>
        <source>Working</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CdnArea</name>
    <message>
        <source>No distribution here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A distribution puts edges with caches before a bucket, an API or any web server. Create one with an SDK or the AWS CLI, or open the corner bookshop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command that lists them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CDN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hit ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To origin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the simulated request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty all caches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of 64 MB an edge in use. The least recently used entry goes first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CdnDocument</name>
    <message>
        <source>The distributions cannot be listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The invalidation was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The caches could not be emptied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClockButton</name>
    <message>
        <source>Chamber clock (Ctrl+Shift+Space pauses and resumes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chamber clock, %1 %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClockPanel</name>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>10 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lifetimes, cache ages, schedules and warm environments follow this clock. It moves forward only; moving it cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What came due has run.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodeEditor</name>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JS v3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CLI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follows the builder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follows the builder. Set AWS_ENDPOINT_URL=%1 to ask this chamber.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandField</name>
    <message>
        <source>Go to, run or ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette (Ctrl+K)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&gt; Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>@ Resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source># Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to, run or ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConditionEditor</name>
    <message>
        <source>Attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upper value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attribute, such as ship.city</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values with commas between them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CreateTableForm</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partition key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>customerId</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type of the partition key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type of the sort key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort key (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On demand capacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S, string</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N, number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B, binary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table is being made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table needs a partition key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two keys are different attributes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DecisionTrace</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decision steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 of %2, %3. %4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EntriesPanel</name>
    <message>
        <source>Cache entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key or edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter entries by key or edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No edge holds anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send a request with the simulator; what may be kept appears here with its age.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorCard</name>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2
%3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FieldList</name>
    <message>
        <source>Name %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FunctionsArea</name>
    <message>
        <source>No function here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create one with the AWS CLI or an SDK (CreateFunction with a zip), or open the corner bookshop: its source then appears here and in the chamber&apos;s folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Functions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Setup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Environments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of 10</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1, %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the next run starts cold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one in the list of files.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FunctionsDocument</name>
    <message>
        <source>%1 is no text file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IntegrationEditor</name>
    <message>
        <source>Function</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method of the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status of the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Called with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (does not exist)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts this integration; undo brings the one before back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is changed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the function that answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no function yet; create one in Functions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address begins with http:// or https://</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InvalidationPanel</name>
    <message>
        <source>Invalidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A path begins with / and may end with one *.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Invalidate %n</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Matches nothing that is stored now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Matches %n stored answer(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n edge(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them stale already.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>None yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ItemDocument</name>
    <message>
        <source>%1 is a key: it needs a value of type %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New item %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit item %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete item %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted item %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ItemEditor</name>
    <message>
        <source>is still absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a row to see all its attributes, or make a new item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate as a new item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds an attribute of the item; Insert adds an entry to the selected map, list or set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload and keep edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change to save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 WCU</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source># unchanged since read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type of the attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is one of this name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed since you read it. Nothing was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The item has been deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is now %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The item is as you read it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ItemForm</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of an item cannot change: duplicate the item instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes of the item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ItemGrid</name>
    <message>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JsonTree</name>
    <message numerus="yes">
        <source>{ %n member(s) }</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[ %n element(s) ]</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyboardSettings</name>
    <message>
        <source>Press keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter actions by name, area or keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys of the chosen action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take them from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All actions have their first keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an action above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 already runs &quot;%2&quot;. Press other keys, or take them from it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LatestTracks</name>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the time went</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latest tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the latest tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: status, path, city</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the list as it is while requests go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>No chamber open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud Chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 - Cloud Chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here opens a %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch theme: system, dark, light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger interface</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+=</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller interface</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+-</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interface at 100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift+F6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Alt+B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the bottom panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or resume the clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy endpoint settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+E</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About and keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clock runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clock is paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing expires and no schedule fires until it runs again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint settings copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste them into a terminal: AWS SDKs and the CLI read them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a chamber&apos;s folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy trace id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 The chamber works here; SDKs and browsers cannot reach it until it has a port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a free port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud Chamber %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small AWS on this computer, and the track that every request leaves. Licence: GPL 3.0 or later. Fonts: Inter and JetBrains Mono (OFL). Land outline: Natural Earth, public domain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in this area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything used so far is exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used here, with less than AWS does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of all actions here %1 work as at AWS, %2 are simplified. Each use is marked in its track; what is not supported is refused by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MapArea</name>
    <message>
        <source>Resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Called by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same resources as a list (L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One droplet is one request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is in this chamber yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point an SDK, the AWS CLI or Terraform at %1 and create something: it appears here at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resources and their connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the map as a list or a drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the map into the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n resource(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <source>Map of resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows walk along resources, Enter opens one, L shows them as a list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapInspector</name>
    <message>
        <source>Calls %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Called by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a resource to see its rates, connections and last runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p50</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p95</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 in the last 5 minutes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PipelineView</name>
    <message>
        <source>Off, open to all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off, passes all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeout %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Function, proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTTP, proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mock, nothing is called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off, not needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off, takes all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters and body</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, mapped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rates and quota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the stage</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Popover</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cache key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age of lifetime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Function</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, cold start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueryPanel</name>
    <message>
        <source>Query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table or index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strong read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the sort key, descending or ascending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Scan reads every item. Filters only hide what was read and paid for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a filter condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items read in a page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items read in a page; a page never holds more than 1 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads what was written before; costs twice as much</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: open a chamber first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (Alt+%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RailButton</name>
    <message>
        <source>Unseen errors</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReferenceView</name>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the reference is about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as HTML…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it is edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the reference</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResourceIndex</name>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Function, %1, %2 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REST API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CDN, %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultFooter</name>
    <message>
        <source>Next page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 staged edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scanned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RCU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 returned, %2 scanned, %3 RCU, %4 pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rewrite as Query</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RouteTree</name>
    <message>
        <source>mock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, answered by %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter routes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Routes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunConsole</name>
    <message>
        <source>Force cold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends the idle environments first, so that the run starts a new one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No valid JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the function: its lines appear here while it runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter or a double click opens the run&apos;s track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event is no JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cold, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration %1   Billed %2 ms   Memory %3 of %4 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed, %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionOpening</name>
    <message>
        <source>Reading the sample %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening port %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to where you were (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No setting is called that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the workbench looks and moves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System follows the light or dark setting of the desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interface scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fonts, rows, icons and lines grow together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stronger lines and captions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accessibility</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On: droplets stand still, panes do not slide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>animation accessibility</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lifetimes, schedules, cache ages and warm environments follow the simulated clock of the open chamber.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time pause speed rate simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a chamber to set its clock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where SDKs, the AWS CLI and browsers reach a chamber. Each chamber takes them when it is opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any free port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4566 is what most tools expect. 0 takes any free port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer only (127.0.0.1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every network (0.0.0.0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On every network anyone who reaches this computer can read and change the chamber.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>host address network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The open chamber keeps its endpoint until it is opened again. Its undo history starts anew then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it again now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What runs functions on this computer. A runtime whose own version is not installed is served by the one that is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for interpreters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>python node interpreter version functions lambda</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install %1 to run these functions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No interpreter was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every request leaves a track. The latest are kept in memory, the oldest go first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A track of a request through API, function and table takes about 10 kB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>history memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every action, with its keys. Choose a row, then press the keys that you want for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shortcuts keys actions</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SimulatorPanel</name>
    <message>
        <source>Request simulator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What if</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>20 s later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves the chamber&apos;s clock 20 s forward and sends the request again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows every span of this request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>City of the viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path and query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Body</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Body, as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often it is sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every city</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name: value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send a request from a city: the edge&apos;s decisions appear here, one after the other, each with its rule.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no distribution to send to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Served by edge %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>(last of %n request(s))</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 on the way (from the distances), %2 measured here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored keys of this path in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key of this path is stored in %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SpectrumBar</name>
    <message>
        <source>%1 %2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time by service</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Splitter</name>
    <message>
        <source>Divider</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StageBox</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing to do in the last run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StageInspector</name>
    <message>
        <source>Open code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds the method that the request means. Fixed parts of a path win over {name}, and {name} over {name+}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lets the request in or answers 401 or 403.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A proxy integration passes headers, query and body as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the request that the integration gets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls what answers, and waits for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A proxy integration&apos;s answer goes back as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chooses the response by the integration&apos;s status and writes its headers and body.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mappings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Responses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the last run, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a method to see its steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks for the caller&apos;s key and the usage plan that has this stage, or answers 403.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes a token of the usage plan, the stage and the account, and one of the plan&apos;s quota, or answers 429.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers from the stage&apos;s cache when it has a fresh answer for the method&apos;s cache key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the answer in the stage&apos;s cache until its time to live is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds parameters and body against what the method&apos;s validator wants, or answers 400.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Called with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>today %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n resource(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Open the sample %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n API(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n function(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bucket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>CDN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud Chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build a small cloud on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every request leaves a track you can follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An empty cloud in a folder of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A chamber is a folder of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything stays here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No account, no container engine, no network. A chamber is a folder on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy endpoint settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use your own tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No account, no container engine, no network. Found on this computer: %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Interface scale (Ctrl +, Ctrl -, Ctrl 0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 req/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p50 %1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) in 5 min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Open Tracks with the failed requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fidelity: %1 simplified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fidelity: exact so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was used here and does less than AWS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What runs functions on this computer; opens Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interface scale %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TableList</name>
    <message>
        <source>%1, %2 items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables and indexes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No table matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On demand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 RCU, %2 WCU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TablesArea</name>
    <message>
        <source>Tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No table is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables that you or an SDK make appear at the left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the query as code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the query as code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an entry to the item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save or discard the staged edit first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was asked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the partition key a value and run the query.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No match so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pages read so far hold no item that matches; the next may.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This table is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item has these keys and attributes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The table has more items than undo keeps. Undo would bring back the table with the first %n of its items; the others would be lost.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Keep the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TablesDocument</name>
    <message>
        <source>Create table %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete table %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted table %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TestClient</name>
    <message>
        <source>Nothing is deployed yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls the deployed stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a value for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path and query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs the API as it stands, no deployment needed (TestInvokeMethod)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage to call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Body</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Body of the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Body, as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Body of the response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the request: status, headers and body appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows every span of this request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy endpoint settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About and help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No chamber open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chamber %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint starts with a chamber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SDKs, the AWS CLI and browsers reach this chamber at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: %1 (Ctrl+Shift+L)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrackView</name>
    <message>
        <source>Spans of the track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This span took no decision that it recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From %1 at %2, track %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, began after %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without cold start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spans</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TracksArea</name>
    <message>
        <source>No track is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 ms and longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status 400 and above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the track&apos;s id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in the chamber changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>status:5xx path:/orders slower:100ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the list as it is while requests go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n recorded</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No request yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whatever enters the chamber leaves a track: an SDK&apos;s call, a click, a viewer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No track fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n track(s) do not fit the filter.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Each line of the list is one request. Open one to see where its time went and why.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorldMap</name>
    <message>
        <source>Edges on the world map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Origin, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your request, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>80 % and up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>50 to 79 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>below 50 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dot size is requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2
%3 requests, %4 hits, %5 to the origin</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ZoomBar</name>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the map into the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::api</name>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No method, the path alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A mock with status 200</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is missing of the path is made. {name} takes one part, {name+} the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a definition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Definitions (*.json *.yaml *.yml);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, merged with what it has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, in place of what it has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before every path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before every path but for its first part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With documentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse what gives warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenAPI 3.0 or Swagger 2.0, as JSON or YAML, with API Gateway&apos;s extensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the definition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API as it is edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What %1 serves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API Gateway&apos;s extensions: integrations, authorizers, validators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::editors</name>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Functions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CDN</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::kit::Spoken</name>
    <message>
        <source>Cold start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Function</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CDN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no such attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, changed here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::map::Graph</name>
    <message>
        <source>Visitors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>APIs and origins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Functions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::tables</name>
    <message>
        <source>%1: a value is an object with one type, such as {&quot;S&quot;: &quot;text&quot;}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the type is one of S, N, B, BOOL, NULL, M, L, SS, NS, BS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: M is an object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: lists and sets are arrays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: elements of a set are strings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: BOOL and NULL are true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: S, N and B are strings; numbers too, such as {&quot;N&quot;: &quot;12&quot;}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1: this is no JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An item is an object of attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no number of up to 38 digits, such as 12.5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binary values are written in Base64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A BOOL is true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A single value is expected here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A set has at least one element</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A set holds each element once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 binaries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain: scan, %1 read so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain: full table scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this Scan read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why this Scan is costly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 items matched. The other %3 were read, paid for, then dropped by the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All %1 items that were read were returned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is the partition key of %2, so this can be a Query.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still filters after reading: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No filter fixes the partition key of the table or an index with =, so every item has to be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain: %1, %2 × less than a Scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this Query read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key condition leads to one partition: %1 items were read, %2 returned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan, table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filter dropped %1 items after they were read and paid for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A strong read costs twice as much.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs a value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A condition needs an attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs a type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Query needs a value of the partition key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>between</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>begins with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>contains</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a global secondary index, which has no strongly consistent reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table&apos;s name has 3 to 255 letters, digits, dots, dashes or underscores</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::tracks</name>
    <message>
        <source>%1 after %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Init (cold start)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
