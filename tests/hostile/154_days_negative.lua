-- SAFE ENGINE MUST: refuse negative days
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return allow.schedule { days = -3 }
end }
