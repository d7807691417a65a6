-- SAFE ENGINE MUST: refuse a hook that is no function
-- verdict: refused syntax
return { notification = setmetatable({}, { __call = function() end }) }
