// Keeps .gen/ from one build to the next.
export const onPreBuild = ({ utils }) => utils.cache.restore(".gen");
export const onPostBuild = ({ utils }) => utils.cache.save(".gen");
