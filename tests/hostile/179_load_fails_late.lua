-- SAFE ENGINE MUST: refuse a script that fails as it is loaded, at its line
-- verdict: refused runtime
-- line: 4
local x = nothing.at_all
