"""What an author may have meant: repairs, and the slips they undo.

* mending, repair, misindexed: the smallest edit that makes a step true
* mutate: slips of every kind, planted to measure the checker
"""
