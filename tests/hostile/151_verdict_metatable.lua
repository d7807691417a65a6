-- SAFE ENGINE MUST: take no verdict from a metatable
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return setmetatable({}, { __index = allow.erase() })
end }
