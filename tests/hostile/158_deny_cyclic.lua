-- SAFE ENGINE MUST: refuse reasons that hold themselves
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  local reasons = {}
  reasons[1] = reasons
  return deny(reasons)
end }
