-- SAFE ENGINE MUST: refuse words that a metatable gives
-- verdict: bad_result
return { notification = function(notice)
  return setmetatable({}, { __index = function(_, key) return key end })
end }
