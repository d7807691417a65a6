-- SAFE ENGINE MUST: refuse a script that returns a number
-- verdict: refused syntax
return 5
