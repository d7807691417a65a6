-- SAFE ENGINE MUST: refuse a result that is no table
-- verdict: bad_result
return { notification = function(notice)
  return 42
end }
