-- SAFE ENGINE MUST: tell an error that is nil
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  error()
end }
