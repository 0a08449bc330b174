"""Return: the settlement result, handed to the applicant by the way they chose, and kept (trả kết quả).

Start with `operations.return_result`; `queries.find_result` is what every face shows; `operations.keep_all` keeps
results for decades, beside the originals.
"""
