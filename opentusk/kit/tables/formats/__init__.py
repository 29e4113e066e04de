"""The formats that hold tables: what a file is by its content, which tables are in it, and each one as texts.

`sniffing` says what any file is, `opening` lists the tables of a file and loads one. Each format has its own module;
whatever it reads ends in the same shape, `kit.tables.raw.RawTable`. Nothing here trusts a file's name, executes
anything inside a file, follows a link out of an archive or opens the network.
"""
