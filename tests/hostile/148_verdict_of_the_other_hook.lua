-- SAFE ENGINE MUST: refuse the verdict of another hook
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return allow { expires_days = 3 }
end }
