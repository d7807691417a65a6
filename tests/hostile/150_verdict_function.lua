-- SAFE ENGINE MUST: take no function for a verdict
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return allow.erase
end }
