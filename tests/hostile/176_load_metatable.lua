-- SAFE ENGINE MUST: refuse hooks that a metatable gives
-- verdict: refused syntax
return setmetatable({}, { __index = function() return print end })
