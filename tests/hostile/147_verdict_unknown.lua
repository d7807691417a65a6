-- SAFE ENGINE MUST: refuse a verdict that there is not
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return { verdict = "destroy" }
end }
