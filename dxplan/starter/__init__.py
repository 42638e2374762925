"""What ``dxplan init`` writes: a new project that validates, or the plan of Koto to try things on.

The texts are the files in ``templates/``, written out whole; what differs from one municipality to the next stands
there in ``⟪ ⟫``.
"""
