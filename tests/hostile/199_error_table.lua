-- SAFE ENGINE MUST: tell an error that is a table, without its address
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  error({ code = 5 })
end }
