-- SAFE ENGINE MUST: take no reasons from a metatable
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return deny(setmetatable({}, { __index = function() return { code = "no", text = "No." } end, __len = function() return 3 end }))
end }
