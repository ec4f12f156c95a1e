/** The types of fdir, which tinyglobby's refer to, name this one, which has none of its own. */
declare module 'picomatch';
