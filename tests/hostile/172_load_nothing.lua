-- SAFE ENGINE MUST: refuse a script that returns nothing
-- verdict: refused syntax
local x = 1
