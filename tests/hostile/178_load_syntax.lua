-- SAFE ENGINE MUST: name the line of a mistake in the source
-- verdict: refused syntax
-- line: 5
local x =
return { notification = function() end
