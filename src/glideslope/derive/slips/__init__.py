"""What an author may have meant: repairs, and the slips they undo.

* mending, repair, misindexed: the smallest edit that makes a step true
* sure: edits that are evidence by themselves, where the text leaves something unsaid
* mutate: slips of every kind, planted to measure the checker
"""
