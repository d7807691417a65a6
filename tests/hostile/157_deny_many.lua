-- SAFE ENGINE MUST: refuse a refusal of 100,000 reasons
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  local reasons = table.create(100000, { code = "no", text = "No." })
  return deny(reasons)
end }
