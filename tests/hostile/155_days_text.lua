-- SAFE ENGINE MUST: refuse days in letters
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return allow.schedule { days = "3" }
end }
