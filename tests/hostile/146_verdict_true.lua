-- SAFE ENGINE MUST: take no truth for a verdict
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return true
end }
