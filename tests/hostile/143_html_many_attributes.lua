-- SAFE ENGINE MUST: refuse 30,000 attributes without comparing each with each
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<p' .. (function()
      local names = {}
      for at = 1, 16000 do names[at] = string.format(" a%x", at) end
      return table.concat(names)
    end)() .. '>in</p>' }
end }
