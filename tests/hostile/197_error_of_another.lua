-- SAFE ENGINE MUST: believe no error that names another script
-- verdict: runtime
-- line: 5
return { notification = function(notice)
  error("/etc/passwd\27[2J:7: broken\nstack traceback:\nother.lua:9", 0)
end }
