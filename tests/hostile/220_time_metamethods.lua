-- SAFE ENGINE MUST: stop loops through metamethods
-- verdict: time_limit
return { notification = function(notice)
  local endless = setmetatable({}, { __iter = function() return function() return 1 end end })
  for _ in endless do end
end }
