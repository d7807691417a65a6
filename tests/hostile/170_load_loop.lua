-- SAFE ENGINE MUST: stop a script that never ends when it is loaded
-- verdict: refused time_limit
-- line: 4
while true do end
