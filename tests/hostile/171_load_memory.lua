-- SAFE ENGINE MUST: stop a script that takes all memory when it is loaded
-- verdict: refused memory_limit
local all = {}
while true do all[#all + 1] = ("x"):rep(1000) .. #all end
